"""Names that no list holds, asked online where the user wants it, and the texts that have them read again."""

from collections.abc import Iterable, Iterator

from extraction.keeping.document import Problem
from extraction.pipeline import read
from extraction.records import Document, Reading
from gazetteer.online import OnlineGeocoder, with_places
from gazetteer.place import Place
from gazetteer.sources import Gazetteer


class Unlisted:
    """Asks for the unresolved names of texts; what it learns of one, the texts after it know too."""

    def __init__(self, gazetteer: Gazetteer, geocoder: OnlineGeocoder) -> None:
        self._gazetteer = gazetteer
        self._geocoder = geocoder
        self._found: dict[str, Place] = {}
        self._documents: dict[str, Document] = {}

    def remember(self, items: Iterable[Document | Problem]) -> Iterator[Document | Problem]:
        """The items, each document kept as it is until its reading comes."""
        for item in items:
            if isinstance(item, Document):
                self._documents[item.doc_id] = item
            yield item

    def help(self, reading: Reading) -> Reading:
        """A reading with the places of its unresolved names, as far as OpenStreetMap knows them nearby."""
        document = self._documents.pop(reading.document.doc_id)
        places = self._gazetteer.places
        near = tuple(places[m.place_id] for m in reading.mentions if m.place_id in places)
        names = {(" ".join(m.surface.split()), m.kind) for m in reading.mentions if not m.place_id}
        learnt = {}
        for name, kind in sorted(names):
            place = self._geocoder.find(name, kind, near)
            if place is not None:
                learnt[place.id] = place
        if not learnt:
            return reading
        self._found |= learnt
        return read(document, with_places(self._gazetteer, self._found))

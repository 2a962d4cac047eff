// What our scripts are checked for. Type errors are found by tsc (tsconfig.json).
import js from "@eslint/js";
import globals from "globals";

/** What dashboard/assets/shared.js gives to each script that it is put before. */
const shared = Object.fromEntries(
  ["MODULES", "SVG", "component", "element", "outbox", "sign", "statement", "makeStrip"].map((name) => [name, "readonly"]),
);

const RULES = {
  "no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
  eqeqeq: "error",
  "no-var": "error",
  "prefer-const": ["error", { destructuring: "all" }],
  "no-eval": "error",
  "no-implied-eval": "error",
  "no-new-func": "error",
  "no-restricted-properties": [
    "error",
    ...["innerHTML", "outerHTML", "insertAdjacentHTML"].map((property) => ({
      property, message: "Text from outside reaches the page through textContent only.",
    })),
  ],
};

export default [
  js.configs.recommended,
  {
    files: ["dashboard/assets/**/*.js"],
    languageOptions: { globals: { ...globals.browser, ...shared, L: "readonly" } },
    rules: RULES,
  },
  {
    // A script, of which each component's script is the continuation.
    files: ["dashboard/assets/shared.js"],
    languageOptions: { sourceType: "script" },
    rules: { "no-redeclare": "off", "no-unused-vars": "off" },
  },
  {
    // The page that is exported: a script of its own.
    files: ["extraction/keeping/formats/page/*.js"],
    languageOptions: { sourceType: "script", globals: { ...globals.browser, L: "readonly" } },
    rules: RULES,
  },
  { files: ["tests/scripts/*.js", "*.js"], languageOptions: { globals: globals.node } },
];

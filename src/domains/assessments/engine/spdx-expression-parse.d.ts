// Types for a package that ships none: its README's grammar.
declare module 'spdx-expression-parse' {
  export type Expression =
    | { readonly license: string; readonly plus?: true; readonly exception?: string }
    | { readonly conjunction: 'and' | 'or'; readonly left: Expression; readonly right: Expression }
  // biome-ignore lint/style/noDefaultExport: the package has no other export
  export default function parse(text: string): Expression
}

type Line = Readonly<Record<string, string>>;

/** Somebody as a plate names them. */
export interface PlatedPerson {
  readonly name: string;
  readonly nameSecond: string;
  /** In their own script; '' where they have none. */
  readonly nameOriginal: string;
  readonly title: string;
  readonly titleSecond: string;
}

/** The two faces of a plate. Who has a script of their own reads their name in it. */
export function plateOf(
  { name, nameSecond, nameOriginal, title, titleSecond }: PlatedPerson,
  country: { readonly name: string; readonly second: string } | null,
): Line {
  return {
    name,
    nameSecond: nameOriginal || nameSecond,
    title,
    titleSecond,
    country: country?.name ?? '',
    countrySecond: country?.second ?? '',
  };
}

/** Three plates on a sheet: the fields of the first end in A, of the second in B, of the third in C. */
export function threeOnSheet(plates: readonly Line[]): Line[] {
  const sheets = Math.ceil(plates.length / 3);
  return Array.from({ length: sheets }, (_, sheet) =>
    Object.fromEntries(
      ['A', 'B', 'C'].flatMap((letter, at) =>
        FACE_FIELDS.map((field) => [field + letter, plates[sheet * 3 + at]?.[field] ?? '']),
      ),
    ),
  );
}

const FACE_FIELDS = ['name', 'title', 'country', 'nameSecond', 'titleSecond', 'countrySecond'] as const;

// Colour arithmetic: WCAG contrast, and lightness changes in OKLCH that keep the hue.
type Triple = readonly [number, number, number]

const toLinear = (part: number): number => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
const fromLinear = (part: number): number => (part <= 0.0031308 ? part * 12.92 : 1.055 * part ** (1 / 2.4) - 0.055)

/** Linear-light red, green and blue of `#rgb` or `#rrggbb`, each 0 to 1. Throws on anything else. */
function linearOf(hex: string): Triple {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(hex)
  const full = short
    ? `#${short
        .slice(1)
        .map(digit => digit + digit)
        .join('')}`
    : hex
  const parts = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(full)
  if (!parts) throw new RangeError(`Expected a colour such as #2f6f4f, found ${JSON.stringify(hex)}`)
  const [red = 0, green = 0, blue = 0] = parts.slice(1).map(part => toLinear(Number.parseInt(part, 16) / 255))
  return [red, green, blue]
}

const hexOf = (linear: Triple): string =>
  `#${linear
    .map(part =>
      Math.round(fromLinear(Math.min(1, Math.max(0, part))) * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`

const luminance = (hex: string): number => {
  const [red, green, blue] = linearOf(hex)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** WCAG 2.2 contrast ratio, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((left, right) => left - right)
  return (light + 0.05) / (dark + 0.05)
}

// Matrices of OKLab: https://bottosson.github.io/posts/oklab/
function labOf([red, green, blue]: Triple): Triple {
  const long = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
  const middle = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
  const short = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
  return [
    0.2104542553 * long + 0.793617785 * middle - 0.0040720468 * short,
    1.9779984951 * long - 2.428592205 * middle + 0.4505937099 * short,
    0.0259040371 * long + 0.7827717662 * middle - 0.808675766 * short,
  ]
}

function linearOfLab([light, a, b]: Triple): Triple {
  const long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const middle = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const short = (light - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short,
  ]
}

const isShown = (linear: Triple): boolean => linear.every(part => part >= -0.0005 && part <= 1.0005)

/** The same hue at another lightness (0 to 1), as vivid as a screen can show it there. */
function atLightness(hex: string, lightness: number): string {
  const [, a, b] = labOf(linearOf(hex))
  const shares = Array.from({ length: 21 }, (_, step) => 1 - step / 20)
  const shown = shares.map(share => linearOfLab([lightness, a * share, b * share])).find(isShown)
  return hexOf(shown ?? [lightness ** 3, lightness ** 3, lightness ** 3])
}

/** The shade nearest to `hex` with at least `ratio` against every one of `grounds`, going darker or lighter. */
export function shadeOn(hex: string, grounds: readonly string[], { ratio = 4.5, lighter = false } = {}): string {
  const start = labOf(linearOf(hex))[0]
  const end = lighter ? 1 : 0
  const steps = Array.from({ length: 101 }, (_, step) => start + ((end - start) * step) / 100)
  const shades = steps.map(lightness => atLightness(hex, lightness))
  const fit = shades.find(shade => grounds.every(ground => contrast(shade, ground) >= ratio))
  return fit ?? (lighter ? '#ffffff' : '#000000')
}

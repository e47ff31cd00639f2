import * as packages from '../kernel/packages-on-demand.ts';
import { type CoverSize, coverSizes } from './cover-sizes.ts';

/** A picture is decoded only if its header promises no more: a small file can unpack to gigabytes. */
const mostPixels = 40_000_000;
/** Smaller ones are icons and counters, not pictures of an article. */
const leastSide = 200;
const jpegQuality = 85;
const decodable = new Set(['jpg', 'png', 'webp', 'gif']);

/** Scales and cuts a picture of others to the shape of a cover, as a JPEG; undefined if it is none that can be used. */
export async function fitPicture(bytes: Uint8Array, size: CoverSize): Promise<Buffer | undefined> {
  try {
    const { width: w, height: h, type = '' } = packages.imageSize().imageSize(bytes);
    if (!decodable.has(type) || w * h > mostPixels || Math.min(w, h) < leastSide) return undefined;
    const { createCanvas, loadImage } = packages.canvas();
    const picture = await loadImage(Buffer.from(bytes));
    const { width, height } = coverSizes[size];
    const scale = Math.max(width / picture.width, height / picture.height);
    const canvas = createCanvas(width, height);
    const context = canvas.getContext('2d');
    // Transparent pictures are meant for a page's white ground.
    context.fillStyle = '#fff';
    context.fillRect(0, 0, width, height);
    const shownWidth = picture.width * scale;
    const shownHeight = picture.height * scale;
    context.drawImage(picture, (width - shownWidth) / 2, (height - shownHeight) / 2, shownWidth, shownHeight);
    return await canvas.encode('jpeg', jpegQuality);
  } catch {
    // Both libraries throw at what is no picture or a broken one.
    return undefined;
  }
}

import { createRequire } from 'node:module';
import type * as Canvas from '@napi-rs/canvas';
import type * as Feedsmith from 'feedsmith';
import type * as Fontkit from 'fontkit';
import type * as ImageSize from 'image-size';
import type * as Undici from 'undici';
import type WebPush from 'web-push';
import type * as Yaml from 'yaml';

// Packages of many files that most starts do without: together they took a third of the time to the first answer.
// Each call brings the package, which is loaded the first time.
const load = createRequire(import.meta.url);

export const canvas = (): typeof Canvas => load('@napi-rs/canvas');
export const feedsmith = (): typeof Feedsmith => load('feedsmith');
export const fontkit = (): typeof Fontkit => load('fontkit');
export const imageSize = (): typeof ImageSize => load('image-size');
export const undici = (): typeof Undici => load('undici');
export const webPush = (): typeof WebPush => load('web-push');
export const yaml = (): typeof Yaml => load('yaml');

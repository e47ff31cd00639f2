import type { Block, Span } from './blocks.ts';
import { spansText } from './text.ts';

/** A heading with the blocks up to the next heading; the first section of a document may have no heading. */
export interface Section {
  readonly heading?: Extract<Block, { kind: 'heading' }>;
  readonly blocks: readonly Block[];
}

/** Parts a document at its headings. */
export function sectionsOf(blocks: readonly Block[]): Section[] {
  const sections: { heading?: Extract<Block, { kind: 'heading' }>; blocks: Block[] }[] = [{ blocks: [] }];
  for (const block of blocks) {
    if (block.kind === 'heading') sections.push({ heading: block, blocks: [] });
    else sections.at(-1)?.blocks.push(block);
  }
  return sections;
}

/** Which sections an author wants read or left out, by their headings, whatever the rules below say. */
export interface SectionFilter {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

const metaSections = [
  /^(?:license|licence|licensing|copyright|legal|disclaimer|imprint|terms of use|code of conduct)$/,
  /^(?:(?:how to |want to )?contribut(?:e|ing|ion|ions|or|ors)|contribution guidelines?|contributing guidelines?|contributors?)(?: guide(?:lines?)?)?$/,
  /^(?:sponsors?|sponsorship|our sponsors|backers|supporters|support|support (?:us|me|this project|the project)|donat(?:e|ion|ions)|buy me a coffee|funding|partners)$/,
  /^(?:contacts?|contact (?:me|us|info|information)|get in touch|follow(?: me| us)?|social(?: media)?|connect(?: with me)?|find me(?: on.*)?|where to find me|community|join us|reach me)$/,
  /^(?:about|about (?:me|us|the author|this .*)|who am i|author|authors|the author|maintainers?|credits?|acknowledge?ments?|thanks(?: to)?|special thanks)$/,
  /^(?:star history|stargazers.*|stars?|footnotes?|translations?|languages|other (?:languages|translations)|other .*(?:collections|lists)|similar (?:projects|lists))$/,
  /^(?:许可|许可证|许可协议|开源协议|协议|版权.*|授权.*|转载.*|声明|免责声明|法律声明|license.*)$/,
  /^(?:贡献|参与贡献|如何贡献|贡献指南|贡献者.*|怎么贡献|投稿.*|如何投稿)$/,
  /^(?:赞助.*|打赏.*|捐赠.*|支持(?:我|作者|一下|本项目)?|合作.*|商务合作)$/,
  /^(?:关于.*|联系.*|作者(?:简介|介绍|信息)?|个人(?:简介|介绍|主页|公众号)|我的公众号|公众号|微信公众号|.{0,8}交流群?|加群.*|社群|社区|找到我|关注我.*)$/,
  /^(?:致谢|感谢.*|鸣谢.*|特别(?:感谢|鸣谢).*|友情链接|友链|勘误.*|star.{0,6}趋势.*)$/,
];

/** Tells whether a section is about the list rather than part of it, by its heading: licence, contributing, contact … */
export function isMetaSection(heading: string, { include, exclude }: SectionFilter): boolean {
  const name = comparable(heading);
  if (include.some((one) => comparable(one) === name)) return false;
  return exclude.some((one) => comparable(one) === name) || metaSections.some((pattern) => pattern.test(name));
}

function comparable(heading: string): string {
  return heading
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')
    .replace(/\s+/g, ' ');
}

/** A paragraph that is one bold text: a heading in all but name, or a closing line. */
export function boldText(block: Block): string | undefined {
  if (block.kind !== 'paragraph') return undefined;
  const shown = block.spans.filter((span) => span.kind === 'link' || (span.kind === 'text' && span.text.trim() !== ''));
  if (shown.length === 0 || !shown.every((span: Span) => span.kind === 'text' && span.strong)) return undefined;
  return spansText(shown);
}

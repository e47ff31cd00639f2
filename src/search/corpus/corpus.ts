import type { Post } from '../../posts/post.ts';
import { readAtoms } from '../text/atoms.ts';
import type { Fold } from '../text/fold.ts';
import { compactOf } from '../text/key.ts';
import { initialismsOf, tokensOf } from '../text/tokens.ts';
import { type Document, FIELDS, foldFields, SLUG, SUMMARY, TITLE } from './document.ts';
import { createLearntPairs, type LearntPairs } from './learnt-pairs.ts';
import { createPostings, type Postings } from './postings.ts';
import type { Segment } from './segment.ts';
import { createVocabulary, type Vocabulary } from './vocabulary.ts';

/** All documents that were ever added, whatever snapshot holds them; a document's number is its place here. */
export interface Corpus {
  readonly documents: readonly Document[];
  readonly postings: Postings;
  readonly vocabulary: Vocabulary;
  readonly pairs: LearntPairs;
  /** Adds a document and returns its number. Work grows with the length of the post, not with the corpus. */
  add(post: Post): number;
}

/** Chinese words are learnt from this much of a summary. */
const LEARN_LIMIT = 160;

export function createCorpus(fold: Fold, segment: Segment): Corpus {
  const documents: Document[] = [];
  const postings = createPostings();
  const vocabulary = createVocabulary();
  const pairs = createLearntPairs();

  const add = (post: Post): number => {
    const number = documents.length;
    const fields = foldFields(post, fold);
    for (let field = 0; field < FIELDS; field++) {
      const text = fields[field];
      if (!text) continue;
      const atoms = readAtoms(text.cased, text.lower);
      const tokens = tokensOf(atoms, field === SUMMARY ? 2 : 3);
      postings.add(number, field, field === SUMMARY ? tokens : [...tokens, ...initialismsOf(atoms)]);
      if (field !== SLUG) pairs.learn(number, text, segment);
      for (const atom of atoms) {
        if (!atom.cjk) {
          vocabulary.addWord(atom.text);
          if (atom.parts.length > 1) for (const part of atom.parts) if (part.length > 3) vocabulary.addWord(part);
          continue;
        }
        vocabulary.addPairs(atom.text);
        if (field !== SLUG && atom.start < LEARN_LIMIT) for (const word of segment(atom.text)) vocabulary.addCjk(word);
      }
    }
    for (const name of new Set([post.category, ...(post.alsoIn ?? [])].flat())) {
      if (/[/|｜／]/.test(name)) pairs.learnCategory(number, fold(name));
    }
    const texts = fields.map((field) => field.lower);
    documents.push({ post, texts, compactTitle: compactOf(texts[TITLE] ?? '') });
    return number;
  };

  return { documents, postings, vocabulary, pairs, add };
}

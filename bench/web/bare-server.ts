import fastify from 'fastify';

/** A Fastify server with nothing but one route, which returns the document given as an argument. */
const document: unknown = JSON.parse(process.argv[2] ?? '{}');
const server = fastify();
server.get('/api/search', async () => document);
process.send?.(await server.listen({ host: '127.0.0.1', port: 0 }));
process.once('disconnect', () => process.exit());

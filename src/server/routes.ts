import type { FastifyInstance, FastifyPluginCallback } from 'fastify';

/** A scope of its own for hooks and parsers, which then concern these routes only. */
export function routes(add: (scope: FastifyInstance) => void): FastifyPluginCallback {
  return (scope, _options, done) => {
    add(scope);
    done();
  };
}

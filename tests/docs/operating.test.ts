import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { variables } from '../../src/config/environment.ts';
import { createMetrics } from '../../src/server/metrics.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');

describe('the container', () => {
  const dockerfile = read('Dockerfile');
  const [, ...stages] = dockerfile.split(/^FROM /m);
  const last = stages.at(-1) ?? '';

  it('runs as an unprivileged user, without compiler and development packages', () => {
    expect(stages.length).toBeGreaterThan(1);
    expect(last).toMatch(/^USER node$/m);
    expect(last).not.toMatch(/apt-get|npm (ci|install)|^ADD /m);
    expect(stages[0]).toMatch(/npm prune --omit=dev/);
  });

  it('stands on one version of Node, which package.json allows, and holds no secret', () => {
    const [, version = ''] = /^ARG NODE_IMAGE=node:(\d+\.\d+)[\w.-]*-slim$/m.exec(dockerfile) ?? [];
    const [least = ''] = /\d+\.\d+/.exec(JSON.parse(read('package.json')).engines.node) ?? [];
    expect(version.localeCompare(least, 'en', { numeric: true })).toBeGreaterThanOrEqual(0);
    for (const stage of stages) expect(stage).toMatch(/^\$\{NODE_IMAGE\}/);
    const names = [...dockerfile.matchAll(/^(?:ARG|ENV) (.+)$/gm)].map(([, rest]) => rest);
    expect(names.join(' ')).not.toMatch(/TOKEN|SECRET|KEY|PASSWORD/);
  });

  it('is told unhealthy by /healthz, and gets SIGTERM itself', () => {
    expect(last).toMatch(/^HEALTHCHECK [\s\S]*\/healthz/m);
    expect(last).toMatch(/^ENTRYPOINT \["node", "dist\/cli\/postbell\.js"\]$/m);
  });

  it('writes to its volume alone', () => {
    expect(last).toMatch(/^VOLUME \/app\/data$/m);
    expect(last).toMatch(/chown node:node data/);
  });

  it('is built of what git knows, never of secrets or data', () => {
    const [first, ...allowed] = read('.dockerignore')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    expect(first).toBe('*');
    expect(allowed.every((line) => line.startsWith('!'))).toBe(true);
    for (const [, sources = ''] of dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)) {
      for (const source of sources.split(' ')) {
        const isAllowed = allowed.some((line) =>
          new RegExp(`^!${line.slice(1).replace('*', '.*')}$`).test(`!${source.replace('./', '')}`),
        );
        expect([source, isAllowed]).toEqual([source, true]);
      }
    }
  });
});

describe('the compose file', () => {
  const { services, volumes } = parse(read('docs/operating/compose.yaml'), { merge: true });

  it('gives Postbell no right that it does not need', () => {
    expect(services.postbell).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      volumes: ['data:/app/data'],
      ports: [expect.stringMatching(/^127\.0\.0\.1:/)],
    });
  });

  it('takes images of one version, bounds what each may take, and opens no port to the world', () => {
    for (const service of Object.values<Record<string, unknown>>(services)) {
      expect(service.image).toMatch(/:\d+\.\d+/);
      expect(service).toMatchObject({ cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
      expect(service).toMatchObject({ mem_limit: expect.anything(), pids_limit: expect.any(Number) });
      expect(service).not.toHaveProperty('privileged');
      expect(service).not.toHaveProperty('network_mode');
      for (const port of [service.ports ?? []].flat()) expect(port).toMatch(/^127\.0\.0\.1:/);
      for (const volume of [service.volumes ?? []].flat()) expect(volume).toMatch(/^[a-z]+:\//);
    }
    expect(services.postbell.image).toBe(`postbell:${JSON.parse(read('package.json')).version}`);
  });

  it('waits for PostgreSQL, keeps its data, and knows no password', () => {
    expect(services.postbell.depends_on.postgres).toEqual({ condition: 'service_healthy' });
    expect(services.postgres.ports).toBeUndefined();
    expect(Object.keys(volumes).sort()).toEqual(['data', 'postgres']);
    expect(services.postgres.environment.POSTGRES_PASSWORD).toMatch(/^\$\{POSTGRES_PASSWORD:\?/);
    expect(services.postbell.environment.DATABASE_URL).toContain('${POSTGRES_PASSWORD');
  });

  it('sets variables that there are', () => {
    expect(Object.keys(variables)).toEqual(expect.arrayContaining(Object.keys(services.postbell.environment)));
  });
});

describe('the systemd unit', () => {
  it('holds the process to its own folder and to what it needs', () => {
    const unit = read('docs/operating/postbell.service');
    for (const line of [
      'DynamicUser=yes',
      'StateDirectory=postbell',
      'NoNewPrivileges=yes',
      'CapabilityBoundingSet=',
      'ProtectSystem=strict',
      'ProtectHome=yes',
      'PrivateTmp=yes',
      'RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX',
      'SystemCallFilter=@system-service',
      'RestartPreventExitStatus=2',
      'StartLimitIntervalSec=0',
    ])
      expect(unit.split('\n')).toContain(line);
  });
});

/** What Prometheus is asked, wherever it stands in a document. */
function expressionsIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'expr' && typeof inner === 'string' ? [inner] : expressionsIn(inner),
  );
}

describe('what is watched', () => {
  const names = async () => {
    const metrics = createMetrics();
    metrics.watchOutbox(() => Promise.reject(new Error('none')));
    return (await metrics.registry.getMetricsAsJSON()).map(({ name }) => name);
  };

  it.each(['docs/operating/grafana-dashboard.json', 'docs/operating/prometheus-alerts.yaml', 'docs/operating.md'])(
    '%s speaks of figures that there are',
    async (path) => {
      const known = new Set((await names()).flatMap((name) => [name, `${name}_count`, `${name}_bucket`]));
      const said = new Set(read(path).match(/\b(?:postbell|nodejs|process)_[a-z0-9]+(?:_[a-z0-9]+)+\b/g));
      expect(said.size).toBeGreaterThan(3);
      expect([...said].filter((name) => !known.has(name))).toEqual([]);
    },
  );

  it.each(['docs/operating/grafana-dashboard.json', 'docs/operating/prometheus-alerts.yaml'])(
    '%s asks of each figure only for labels that it has',
    (path) => {
      const metrics = createMetrics();
      const labelsOf = (name: string): readonly string[] => {
        const metric: unknown = metrics.registry.getSingleMetric(name.replace(/_(count|bucket|sum)$/, ''));
        const { labelNames = [] } = (metric ?? {}) as { readonly labelNames?: readonly string[] };
        return name.startsWith('postbell_outbox_deliveries') ? ['state'] : labelNames;
      };
      const ofPrometheus = ['job', 'instance', 'le'];
      const asked = expressionsIn(parse(read(path))).flatMap((expression) => {
        const known = (expression.match(/\bpostbell_\w+/g) ?? []).flatMap(labelsOf).concat(ofPrometheus);
        const grouped = [...expression.matchAll(/\b(?:by|ignoring) \(([^)]*)\)/g)].flatMap(([, list = '']) =>
          list.split(', '),
        );
        const chosen = [...expression.matchAll(/[{,](\w+)(?:=|!=|=~|!~)"/g)].map(([, label = '']) => label);
        return [...grouped, ...chosen].map((label) => ({ expression, label, known: known.includes(label) }));
      });
      expect(asked.length).toBeGreaterThan(3);
      expect(asked.filter(({ known }) => !known)).toEqual([]);
    },
  );

  it('the guide names every figure of ours', async () => {
    const guide = read('docs/operating.md');
    const ours = (await names()).filter((name) => name.startsWith('postbell_'));
    expect(ours.filter((name) => !guide.includes(name))).toEqual([]);
  });
});

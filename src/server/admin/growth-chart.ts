import { type Html, html } from '../html.ts';
import type { GrowthDay } from './growth.ts';

const width = 640;
const height = 160;

/** A line over the days, drawn as SVG, with the same numbers as a table for those who do not see it. */
export function growthChart(
  growth: readonly GrowthDay[],
  labels: { readonly title: string; readonly day: string; readonly count: string; readonly asTable: string },
): Html {
  const most = Math.max(1, ...growth.map(({ count }) => count));
  const step = width / Math.max(1, growth.length - 1);
  const points = growth.map(
    ({ count }, at) => `${(at * step).toFixed(1)},${(height - (count / most) * height).toFixed(1)}`,
  );
  return html`<figure>
      <svg class="growth" viewBox="0 -4 ${width} ${height + 8}" role="img" aria-label="${labels.title}">
        <polygon class="area" points="0,${height} ${points.join(' ')} ${width},${height}"/>
        <polyline class="line" points="${points.join(' ')}"/>
      </svg>
      <p class="span"><span>${growth[0]?.day}</span><span>${growth.at(-1)?.day}: ${growth.at(-1)?.count}</span></p>
      <details>
        <summary>${labels.asTable}</summary>
        <table>
          <tr><th scope="col">${labels.day}</th><th scope="col">${labels.count}</th></tr>
          ${growth.map(({ day, count }) => html`<tr><td>${day}</td><td>${count}</td></tr>`)}
        </table>
      </details>
    </figure>`;
}

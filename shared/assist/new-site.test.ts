import { describe, expect, test } from 'vitest';
import { renderSeed } from '../render/render-host.ts';
import { createSiteAnalyser } from '../site/analyser.ts';
import { newSite } from './new-site.ts';

function analysed(name: string) {
  const analyser = createSiteAnalyser();
  for (const { path, text } of newSite(name)) analyser.update(path, text);
  analyser.setOtherPaths([]);
  return analyser.analyse();
}

describe('a new site', () => {
  /** That nobody can log in yet, which only its owner can change. */
  const noLogin = 'site.yaml info key-missing';
  const told = (name: string) =>
    analysed(name).diagnostics.map(({ file, severity, code }) => `${file} ${severity} ${code}`);

  test('has no problems, an image, and a host that is rendered', () => {
    const analysis = analysed('edge-oslo');
    expect(told('edge-oslo')).toEqual([noLogin]);
    expect(analysis.images).toMatchObject([{ name: 'node', profile: 'node', outputs: ['iso'] }]);
    expect(analysis.hosts).toMatchObject([{ name: 'node-1', network: 'management' }]);
    expect(renderSeed(analysis, 'node-1')?.networkConfig).toContain('192.0.2.10/24');
  });

  test.each([
    ['edge-oslo', 'edge-oslo'],
    ['Rack 7: west', 'Rack 7: west'],
    ['2026', '2026'],
    ['true', 'true'],
    ['#1', '#1'],
    ['a\nb', 'a b'],
    ['long-'.repeat(20), 'long-'.repeat(20).slice(0, 63)],
    [' ', 'my-site'],
  ])('is named like its folder: %j', (folder, name) => {
    const analysis = analysed(folder);
    expect(analysis.name).toBe(name);
    expect(told(folder)).toEqual([noLogin]);
  });
});

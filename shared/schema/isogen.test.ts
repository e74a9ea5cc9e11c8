import fc from 'fast-check';
import { expect, test } from 'vitest';
import { completionsAt } from '../assist/completions.ts';
import { hoverAt } from '../assist/hover.ts';
import { noSiteNames } from '../assist/site-names.ts';
import { skeletonOf } from '../assist/skeletons.ts';
import { DiagnosticSink } from '../diagnostics/diagnostic.ts';
import { createSiteAnalyser } from '../site/analyser.ts';
import { guessKind } from '../site/document-kinds.ts';
import { validateText } from '../site/validate-text.ts';
import { parseYaml } from '../source/parse-yaml.ts';
import { createSourceText } from '../source/source-text.ts';
import { inputsOfIsogen } from './isogen-checks.ts';

const plain = `# what the builder of the ephemeral ISO reads
builder:
  imageType: iso
  userDataFileName: user_data
  networkConfigFileName: network_data.json
  outputMetadataFileName: output-metadata.yaml
  outputFileName: ephemeral.iso
container:
  volume: /srv/images:/config
  image: port/image-builder:latest-ubuntu_focal
  containerRuntime: docker
`;

const qcow = `builder:
  imageType: qcow
  qcowVarsFileName: qcow-vars.yaml
  osconfigVarsFileName: osconfig-vars.yaml
  outputMetadataFileName: output-metadata.yaml
  outputFileName: control-plane.qcow2
container:
  volume: /srv/images:/config
  image: port/image-builder:latest-ubuntu_focal
  containerRuntime: docker
`;

const imageConfiguration = `apiVersion: airshipit.org/v1alpha1
kind: ImageConfiguration
metadata:
  name: default
builder:
  networkConfigFileName: network-config
  outputMetadataFileName: output-metadata.yaml
  userDataFileName: user-data
container:
  containerRuntime: docker
  image: registry.example:5000/isogen:latest-debian_stable
  volume: /srv/iso:/config
`;

const isoConfiguration = `---
apiVersion: airshipit.org/v1alpha1
kind: IsoConfiguration
metadata:
  name: isogen
  labels:
    airshipit.org/deploy-k8s: "false"
builder:
  userDataSelector:
    kind: Secret
    labelSelector: airshipit.org/ephemeral-user-data=true
  userDataKey: userData
  networkConfigSelector:
    kind: BareMetalHost
    labelSelector: airshipit.org/ephemeral-node=true
  networkConfigKey: networkData
  outputFileName: ephemeral.iso
container:
  containerRuntime: docker
  image: port/image-builder:latest-ubuntu_focal
  volume: /srv/images:/config
`;

const found = (text: string) =>
  validateText('isogen.yaml', text).map(
    ({ severity, code, range: { start } }) => `${start.line}:${start.column} ${severity} ${code}`,
  );

test.each([
  ['the plain file of an ISO', plain],
  ['the plain file of a qcow', qcow],
  ['an ImageConfiguration', imageConfiguration],
  ['an IsoConfiguration', isoConfiguration],
  [
    'an IsoConfiguration that leaves the selection to its defaults',
    isoConfiguration.replace(/ {2}userDataS[\s\S]*Data\n/, ''),
  ],
  ['a volume that is the same on both sides', plain.replace('/srv/images:/config', '/srv/images')],
  ['a builder that is not privileged', `${plain.trimEnd()}\n  privileged: false\n`],
  ['CRLF', plain.replaceAll('\n', '\r\n')],
])('accepts %s', (_name, text) => {
  expect(guessKind('any.yaml', text)).toBe('isogen');
  expect(found(text)).toEqual([]);
});

test.each([
  ['a misspelt key', plain, 'userDataFileName', 'userDataFilename', ['4:3 error key-unknown']],
  ['a missing file of user-data', plain, '  userDataFileName: user_data\n', '', ['2:1 error key-missing']],
  [
    'a missing file of the network',
    imageConfiguration,
    '  networkConfigFileName: network-config\n',
    '',
    ['5:1 error key-missing'],
  ],
  [
    'a kind that does not exist, and nothing that follows from it',
    imageConfiguration.replace('  networkConfigFileName: network-config\n', ''),
    'kind: ImageConfiguration',
    'kind: IsoConfig',
    ['2:7 error value-invalid'],
  ],
  ['a missing volume', plain, '  volume: /srv/images:/config\n', '', ['8:1 error key-missing']],
  ['a relative host folder', plain, '/srv/images:', 'images:', ['9:11 error value-invalid']],
  ['a relative folder of the container', plain, ':/config', ':config', ['9:11 error value-invalid']],
  ['a third part of the volume', plain, ':/config', ':/config:ro', ['9:11 error value-invalid']],
  ['the file system of the container', plain, ':/config', ':/', ['9:11 error value-invalid']],
  ['a way up in the volume', plain, '/srv/images', '/srv/../etc', ['9:11 error value-invalid']],
  ['an output in a folder', plain, 'ephemeral.iso', 'out/ephemeral.iso', ['7:19 error value-invalid']],
  ['an input above the volume', plain, 'user_data', '../user_data', ['4:21 error value-invalid']],
  [
    'an image type that no builder makes',
    plain,
    'imageType: iso',
    'imageType: vhd',
    ['3:14 error value-invalid'],
  ],
  ['another runtime', plain, 'docker', 'rkt', ['11:21 error value-invalid']],
  ['an image with blanks', plain, 'port/image', 'port/ image', ['10:10 error value-invalid']],
  ['two files of one name', plain, 'network_data.json', 'user_data', ['5:26 error isogen-file']],
  [
    'a file that airshipctl writes over',
    plain,
    'ephemeral.iso',
    'builder-conf.yaml',
    ['7:19 error isogen-file'],
  ],
  ['an ISO that is named qcow2', plain, 'ephemeral.iso', 'ephemeral.qcow2', ['7:19 warning isogen-file']],
  [
    'a qcow that is named ISO',
    qcow,
    'control-plane.qcow2',
    'control-plane.iso',
    ['6:19 warning isogen-file'],
  ],
  [
    'partitions of an ISO',
    plain,
    'outputFileName:',
    'qcowVarsFileName: a.yaml\n  outputFileName:',
    ['7:3 warning isogen-file'],
  ],
  [
    'files where documents are selected',
    isoConfiguration,
    'userDataKey: userData',
    'userDataFileName: user_data',
    ['12:3 error key-unknown'],
  ],
  [
    'a misspelt kind',
    imageConfiguration,
    'ImageConfiguration',
    'ImageConfigurations',
    ['2:7 error value-invalid'],
  ],
  ['another API version', isoConfiguration, 'v1alpha1', 'v1', ['2:13 error value-invalid']],
  ['a label that is no text', isoConfiguration, '"false"', 'false', ['7:31 error value-type']],
  ['a number as file name', plain, 'user_data', '7', ['4:21 error value-type']],
  [
    'the name of the field in the source of airshipctl',
    isoConfiguration,
    '\ncontainer:',
    '\nisoContainer:',
    ['18:1 error key-unknown'],
  ],
])('finds %s', (_name, text, from, to, expected) => {
  expect(text).toContain(from);
  expect(found(text.replace(from, to))).toEqual(expected);
});

test('offers to rename isoContainer, as the field is called in the source of airshipctl', () => {
  const text = isoConfiguration.replace('\ncontainer:', '\nisoContainer:');
  expect(validateText('isogen.yaml', text)[0]?.fixes).toMatchObject([{ newText: 'container' }]);
});

test('has help for both shapes', () => {
  const at = (text: string, word: string) =>
    hoverAt({ path: 'isogen.yaml', text, offset: text.indexOf(word) + 1, site: noSiteNames })?.markdown;
  expect(at(plain, 'userDataFileName')).toContain('Needed for an ISO');
  expect(at(isoConfiguration, 'userDataSelector')).toContain('The Secret that holds the user-data');
  const labels = (text: string) =>
    completionsAt({ path: 'isogen.yaml', text, offset: text.length, site: noSiteNames }).map(
      ({ label }) => label,
    );
  expect(labels('builder:\n  ')).toContain('osconfigVarsFileName');
  expect(labels('kind: IsoConfiguration\nbuilder:\n  ')).toContain('networkConfigKey');
  expect(labels('builder:\n  imageType: ')).toEqual(['iso', 'qcow']);
});

test('is judged in the site that it lies in', () => {
  const analyser = createSiteAnalyser();
  analyser.update('isogen.yaml', plain.replace('imageType', 'imageTipe'));
  const { diagnostics } = analyser.analyse();
  expect(diagnostics.filter(({ file }) => file === 'isogen.yaml')).toMatchObject([{ code: 'key-unknown' }]);
});

test('starts an empty isogen.yaml with one that is valid', () => {
  expect(found(skeletonOf('isogen', 'isogen.yaml')?.text ?? '')).toEqual([]);
});

test('names the files that must be there before a build', () => {
  const inputs = (text: string) =>
    inputsOfIsogen(parseYaml(createSourceText('isogen.yaml', text), new DiagnosticSink())).map(
      ({ path }) => path,
    );
  expect(inputs(plain)).toEqual(['/srv/images', '/srv/images/user_data', '/srv/images/network_data.json']);
  expect(inputs(isoConfiguration)).toEqual(['/srv/images']);
  expect(inputs(plain.replace('user_data', '../../etc/shadow'))).not.toContain(
    '/srv/images/../../etc/shadow',
  );
  expect(inputs(plain.replace('/srv/images', 'srv'))).toEqual([]);
});

test('answers any text with findings that lie inside it', () => {
  const lines = plain.split('\n');
  fc.assert(
    fc.property(fc.nat(lines.length - 1), fc.string({ maxLength: 12 }), (line, text) => {
      const broken = lines.toSpliced(line, 1, `${lines[line]?.slice(0, 14)}${text}`).join('\n');
      for (const { range } of validateText('isogen.yaml', broken, { as: 'isogen' })) {
        expect(range.end.line).toBeLessThanOrEqual(broken.split(/\r\n|\r|\n/).length);
      }
    }),
    { numRuns: 300 },
  );
});

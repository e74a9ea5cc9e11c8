import type { Diagnostic } from '#shared/diagnostics/diagnostic.ts';
import type { HostStamp } from './host-stamp.ts';
import type { StampableImage } from './stampable-image.ts';

/**
 * What speaks against stamping a host into an image, but does not forbid it: on a bad day the wrong image is better
 * than none. Images that do not tell what they were made of raise nothing.
 */
export function stampWarnings(
  { index: { origin } }: StampableImage,
  { host, profile }: Pick<HostStamp, 'host' | 'profile'>,
): Diagnostic[] {
  if (!origin?.profile || profile.name === '' || origin.profile === profile.name) return [];
  const image = origin.image === undefined ? 'the image' : `the image ${origin.image}`;
  return [
    {
      file: profile.file,
      range: profile.range,
      severity: 'warning',
      code: 'host-profile-mismatch',
      message: `${host} has the profile ${profile.name}, but ${image} was made with ${origin.profile}: its kernel, packages and files are those of ${origin.profile}.`,
    },
  ];
}

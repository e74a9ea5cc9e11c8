import '#shared/schema/no-code-from-strings.ts';
import { createMemoryBridge } from './memory-bridge.ts';

const options = new URLSearchParams(location.search);
Object.defineProperty(window, 'siteforge', { value: createMemoryBridge(options) });
void import('../main.tsx');

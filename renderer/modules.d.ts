declare module '*.css';

declare module '*?worker&url' {
  const address: string;
  // biome-ignore lint/style/noDefaultExport: the shape that Vite gives such a module
  export default address;
}

declare module 'monaco-editor/features/*';
declare module 'monaco-editor/editor/contrib/*';
declare module 'monaco-editor/languages/*';

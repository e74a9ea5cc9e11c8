declare module '*.css';

declare module '*?worker&url' {
  export default '' as string;
}

declare module 'monaco-editor/features/*';
declare module 'monaco-editor/languages/*';

/** The script of a worker as text: what src/embed/build.mjs makes of this import. */
declare module '*?worker&text' {
  const text: string;
  export default text;
}

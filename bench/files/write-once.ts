/** `write-once.ts GENERATOR FILE ROWS`: in a process of its own, since the memory of a parent would count as its children's. */
const [generator, file, rows] = process.argv.slice(2) as [string, string, string];
const { write } = (await import(generator)) as { write: (file: string, rows: number) => void };
write(file, Number(rows));

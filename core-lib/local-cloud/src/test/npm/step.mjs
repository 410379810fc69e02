// One named step of a run. The names are what the Java test looks for.
export async function step(name, act) {
  const start = performance.now();
  try {
    await act();
  } catch (error) {
    console.log(`not ok - ${name}\n${error.stack ?? error}`);
    process.exit(1);
  }
  console.log(`ok - ${name} (${Math.round(performance.now() - start)} ms)`);
}

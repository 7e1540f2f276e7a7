// Sends a form's answers, once. A draft's key sends one request: whoever sends with it again is told what became of the
// first. A key that came with the chat may be old, of a form that was sent before: a new one is taken only where the
// server says that nothing was sent, or where the person has confirmed it.

const NO_KEY = 'This chat does not pass on the mark by which a form is sent only once. '
  + 'If this form has not been sent yet, press the button again.';
const OLD_KEY = 'This form was opened too long ago, and has not been sent now. '
  + 'If it has not been sent before either, press the button again.';
const USED_KEY = 'This form has been sent before, and was refused then. '
  + 'If it has not been sent from another window since, press the button again.';

/** `hasDrafts`: whether the server has a tool that gives keys. `isReplayable`: whether the same form may be shown again later. */
function makeSender({ tool, callTool, key, hasDrafts, isReplayable }) {
  let isOwn = false;
  let isConfirmed = false;
  let wasRefused = false;
  let isInDoubt = false;

  const renew = async values => {
    const drafted = await callTool(`draft_${tool}`, { values: JSON.stringify(values) });
    key = drafted._meta?.[DRAFT];
    isOwn = true;
    return drafted;
  };
  const ask = text => {
    key = undefined;
    isConfirmed = true;
    return { confirm: text };
  };
  const send = async values => {
    isInDoubt = !key;
    const result = await callTool(tool, values, key ? { [DRAFT]: key } : undefined);
    isInDoubt = false;
    const error = result.isError ? result._meta?.[ERROR] ?? {} : {};
    if (error.code === 'submission_failed') key = undefined;
    const isUsedUp = error.code === 'state_used' && wasRefused && !error.receipt;
    wasRefused = result.isError;
    return isUsedUp ? ask(USED_KEY) : result;
  };
  const submit = async values => {
    if (!key && hasDrafts) {
      const drafted = await renew(values);
      if (drafted.isError) return drafted;
    }
    if (!key && isReplayable && !isConfirmed) return ask(NO_KEY);
    const isFresh = isOwn || !isReplayable;
    const result = await send(values);
    if (result._meta?.[ERROR]?.code !== 'state_invalid') return result;
    if (!isFresh) return ask(OLD_KEY);
    await renew(values);
    return key ? send(values) : result;
  };

  // With a key a request that has arrived is not made again, and a draft sends none: both may be tried once more.
  return { submit, mayRepeat: () => !isInDoubt };
}

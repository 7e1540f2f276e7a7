// How each client is connected to this server: addresses of links, and commands to copy.

const INSPECTOR = 'npx @modelcontextprotocol/inspector@2.12.0 --cli';

/** `token`: what stands in commands. Where clients `signIn` by themselves, links carry no header at all. */
function connections(endpoint, token, signIn) {
  const header = `Authorization: Bearer ${token}`;
  const ask = { id: 'forms-token', type: 'promptString', description: 'Token for the forms', password: true };
  const code = {
    name: 'forms', type: 'http', url: endpoint,
    ...signIn ? {} : { headers: { Authorization: `Bearer \${input:${ask.id}}` }, inputs: [ask] },
  };
  const cursor = { url: endpoint, ...signIn ? {} : { headers: { Authorization: `Bearer ${token}` } } };
  const config = encodeURIComponent(btoa(JSON.stringify(cursor)));
  const inspect = `${INSPECTOR} ${endpoint} --transport http --header "${header}"`;
  return {
    code: `vscode:mcp/install?${encodeURIComponent(JSON.stringify(code))}`,
    cursor: `cursor://anysphere.cursor-deeplink/mcp/install?name=forms&config=${config}`,
    claude: `claude mcp add --transport http forms ${endpoint}${signIn ? '' : ` --header "${header}"`}`,
    list: `${inspect} --method tools/list`,
    call: (tool, key, value) => `${inspect} --method tools/call --tool-name ${tool} --tool-arg ${key}="${value}"`,
  };
}

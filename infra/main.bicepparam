using 'main.bicep'

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'dev')

param forms = [
  {
    tool: 'create_request'
    title: 'Create a request'
    description: 'Creates a request in the service desk.'
    url: 'https://forms.example.com/api/module/request/form'
    submitUrl: 'https://forms.example.com/api/module/request'
  }
]

param callersMode = 'Optional'
param callersAuthorizationServers = [
  'https://login.example.com'
]
param callersScopes = [
  'requests.write'
]

param allowedOrigins = [
  'https://app.example.com'
]

// Search is off while the address is empty. The key is a Key Vault reference, or the key itself.
param elasticsearchUrl = readEnvironmentVariable('ELASTICSEARCH_URL', '')
param elasticsearchApiKey = readEnvironmentVariable('ELASTICSEARCH_API_KEY', '')

param alwaysReadyInstances = 0
param usePrivateNetwork = false

using 'main.bicep'

// Everything comes from environment variables: those of the azd environment (azd env set NAME VALUE), of the GitHub
// environment, or of the shell. One that is not set, or is empty, leaves the default of main.bicep.
var formUrl = readEnvironmentVariable('FORM_URL', '')
var callersModeText = readEnvironmentVariable('CALLERS_MODE', '')
var alwaysReadyText = readEnvironmentVariable('ALWAYS_READY_INSTANCES', '')
var privateNetworkText = readEnvironmentVariable('USE_PRIVATE_NETWORK', '')
var formExchangeText = readEnvironmentVariable('FORM_EXCHANGE', '')
var appSettingsText = readEnvironmentVariable('APP_SETTINGS', '')

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'dev')
param location = readEnvironmentVariable('AZURE_LOCATION', '')

// Without FORM_URL the app is a demonstration, with the sample form API. Several forms are written here as a list.
param forms = empty(formUrl)
  ? []
  : [
      {
        url: formUrl
        submitUrl: readEnvironmentVariable('FORM_SUBMIT_URL', '')
        tool: readEnvironmentVariable('FORM_TOOL', '')
        title: readEnvironmentVariable('FORM_TITLE', '')
        description: readEnvironmentVariable('FORM_DESCRIPTION', '')
        exchange: formExchangeText == 'OnBehalfOf'
          ? 'OnBehalfOf'
          : formExchangeText == 'TokenExchange' ? 'TokenExchange' : null
        audience: readEnvironmentVariable('FORM_AUDIENCE', '')
        scopes: filter(split(readEnvironmentVariable('FORM_SCOPES', ''), ' '), word => !empty(word))
      }
    ]

// Lists are words with blanks between them.
param callersMode = empty(callersModeText) ? 'Fallback' : callersModeText
param callersAuthority = readEnvironmentVariable('CALLERS_AUTHORITY', '')
param callersAudience = readEnvironmentVariable('CALLERS_AUDIENCE', '')
param callersResource = readEnvironmentVariable('CALLERS_RESOURCE', '')
param callersAuthorizationServers = filter(
  split(readEnvironmentVariable('CALLERS_AUTHORIZATION_SERVERS', ''), ' '),
  word => !empty(word)
)
param callersScopes = filter(split(readEnvironmentVariable('CALLERS_SCOPES', ''), ' '), word => !empty(word))
param callersRequiredScopes = filter(
  split(readEnvironmentVariable('CALLERS_REQUIRED_SCOPES', ''), ' '),
  word => !empty(word)
)
param callersClientId = readEnvironmentVariable('CALLERS_CLIENT_ID', '')
param callersConsentUrl = readEnvironmentVariable('CALLERS_CONSENT_URL', '')

param allowedOrigins = filter(split(readEnvironmentVariable('ALLOWED_ORIGINS', ''), ' '), word => !empty(word))
param clientAddressHeader = readEnvironmentVariable('CLIENT_ADDRESS_HEADER', '')

// Search is off while the address is empty. The key is a Key Vault reference, or the key itself.
param elasticsearchUrl = readEnvironmentVariable('ELASTICSEARCH_URL', '')
param elasticsearchApiKey = readEnvironmentVariable('ELASTICSEARCH_API_KEY', '')
param elasticsearchIndexPrefix = readEnvironmentVariable('ELASTICSEARCH_INDEX_PREFIX', '')

param alwaysReadyInstances = empty(alwaysReadyText) ? 0 : int(alwaysReadyText)
param usePrivateNetwork = empty(privateNetworkText) ? false : bool(privateNetworkText)
param alertEmail = readEnvironmentVariable('ALERT_EMAIL', '')

// Further app settings as a JSON object: {"Schemas__TtlSeconds":"600"}.
param otherSettings = json(empty(appSettingsText) ? '{}' : appSettingsText)

targetScope = 'resourceGroup'

@description('Name of the environment. Part of the unique name of every resource, and the value of the tag azd-env-name.')
@minLength(1)
@maxLength(64)
param environmentName string

@description('Azure region of all resources. Must offer Flex Consumption. Empty: that of the resource group.')
param location string = ''

@description('Memory of one instance in megabytes.')
@allowed([
  512
  2048
  4096
])
param instanceMemoryMB int = 2048

@description('The most instances the app may scale out to.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Requests one instance works on at the same time before another instance is started.')
@minValue(1)
@maxValue(1000)
param httpConcurrency int = 100

@description('Instances kept running for HTTP requests. 0 lets the app scale to zero.')
@minValue(0)
@maxValue(1000)
param alwaysReadyInstances int = 0

@description('Redundancy of the storage accounts.')
@allowed([
  'Standard_LRS'
  'Standard_ZRS'
  'Standard_GRS'
  'Standard_GZRS'
])
param storageSku string = 'Standard_LRS'

@description('Days that logs are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 30

@description('True puts the storage accounts behind private endpoints, closes their public endpoints and joins the app to a virtual network.')
param usePrivateNetwork bool = false

@description('Address range of the virtual network: a /25 or larger. Used only with usePrivateNetwork.')
param virtualNetworkAddressPrefix string = '10.0.0.0/24'

@description('One form of the form API, offered as one tool.')
type formType = {
  @description('Name of the tool. Without it create_request; a second form needs a name of its own.')
  tool: string?

  @description('Title of the tool, shown to people.')
  title: string?

  @description('Description of the tool, read by models.')
  description: string?

  @description('Address the form is fetched from. Without it only with an adapter.')
  url: string?

  @description('Address a filled-in form is sent to. Without it requests are recorded in the requests table.')
  submitUrl: string?

  @description('Seconds to wait for the form API.')
  timeoutSeconds: int?

  @description('True allows an address without TLS.')
  allowHttp: bool?

  @description('How the app gets a token of the form API for a caller. Without it the caller\'s own token is passed on.')
  exchange: 'TokenExchange' | 'OnBehalfOf'?

  @description('Audience of the token of the form API. Used only with exchange.')
  audience: string?

  @description('Resource, an address, that the token of the form API is for. Used only with exchange.')
  resource: string?

  @description('Scopes of the token of the form API. OnBehalfOf needs one, for example api://<client id>/.default.')
  scopes: string[]?

  @description('Name of the adapter, for a service desk with an interface of its own.')
  adapter: string?

  @description('Values of the adapter by name, such as site.')
  values: {
    @description('A value of the adapter.')
    *: string
  }?
}

@description('The forms offered as tools. Empty, and none in otherSettings: a demonstration, with the sample form API.')
param forms formType[] = []

@description('What happens without a usable token. Fallback: static tools only. Optional: static tools without a token, 401 for a rejected one. Challenge: 401 for both.')
@allowed([
  'Fallback'
  'Optional'
  'Challenge'
])
param callersMode string = 'Fallback'

@description('Authorization servers named in the protected resource metadata.')
param callersAuthorizationServers string[] = []

@description('Scopes named in the protected resource metadata.')
param callersScopes string[] = []

@description('Scopes that a token must hold, as its claim scp or scope has them. Used only with callersAuthority.')
param callersRequiredScopes string[] = []

@description('Client id under which the app asks the authority for tokens of form APIs, with its managed identity for a credential. Empty: no form may have exchange.')
param callersClientId string = ''

@description('Address where a caller or an administrator consents to such an exchange.')
param callersConsentUrl string = ''

@description('Resource identifier named in the protected resource metadata. Empty: the address that a client calls.')
param callersResource string = ''

@description('Authority whose tokens the app checks itself. Empty: the form API is the only judge of a token.')
param callersAuthority string = ''

@description('Audience a token must have when callersAuthority is set.')
param callersAudience string = ''

// The app sees no address that a caller could not have written itself unless a proxy in front of it writes a header of
// its own: docs/azure.md says which.
@description('Header in which a proxy that every request passes writes the address of a caller, for example X-Azure-SocketIP behind Azure Front Door. Empty: no allowance per address.')
param clientAddressHeader string = ''

@description('Origins of browser clients, for example https://app.example.com, without a slash at the end. Used both by the app and by the platform for CORS.')
param allowedOrigins string[] = []

@description('Address of Elasticsearch. Empty: no search tools.')
param elasticsearchUrl string = ''

@description('API key of Elasticsearch, or better a Key Vault reference to it: @Microsoft.KeyVault(SecretUri=...). Used only with elasticsearchUrl.')
@secure()
param elasticsearchApiKey string = ''

@description('Prefix of the Elasticsearch indices. Empty: the setting is left out.')
param elasticsearchIndexPrefix string = ''

@description('Least score of a search hit, a decimal number such as 0.5. Empty: the setting is left out.')
param elasticsearchMinScore string = ''

@description('Address that alerts are mailed to. Empty, and no alertActionGroupIds: no alert rules and no availability test.')
param alertEmail string = ''

@description('Resource ids of action groups that exist already and are told of alerts.')
param alertActionGroupIds string[] = []

@description('Further app settings by name, for example Schemas__TtlSeconds. A secret only as a Key Vault reference, and no name that another parameter sets.')
param otherSettings { *: string } = {}

// Names known at the start: what-if predicts a module's resources only if their names are not another module's outputs.
var token = uniqueString(resourceGroup().id, environmentName)
var storageAccountName = 'st${token}'
var hostStorageAccountName = 'sthost${token}'
var deploymentContainerName = 'deployments'
var applicationInsightsName = 'appi-${token}'
var tags = {
  'azd-env-name': environmentName
}

// A default of the parameter would not do: an environment variable that is not set is an empty text in the parameter file.
#disable-next-line no-loc-expr-outside-params
var region = empty(location) ? resourceGroup().location : location

// The tables that the app uses. It may write to these, and make no others.
var tables = [
  'schemas'
  'requests'
  'keys'
  'claims'
]

// Nobody has said whose forms are to be offered: those of the sample, so that there is something to look at.
var isDemonstration = empty(forms) && empty(filter(objectKeys(otherSettings), name => startsWith(name, 'Forms__')))
var hasAlerts = !empty(alertEmail) || !empty(alertActionGroupIds)

var sampleSettings = isDemonstration
  ? [
      {
        name: 'SampleFormApi__Enabled'
        value: 'true'
      }
    ]
  : []

var formSettings = [
  for (form, i) in forms: [
    {
      name: 'Forms__${i}__Tool'
      value: form.?tool ?? ''
    }
    {
      name: 'Forms__${i}__Title'
      value: form.?title ?? ''
    }
    {
      name: 'Forms__${i}__Description'
      value: form.?description ?? ''
    }
    {
      name: 'Forms__${i}__Url'
      value: form.?url ?? ''
    }
    {
      name: 'Forms__${i}__SubmitUrl'
      value: form.?submitUrl ?? ''
    }
    {
      name: 'Forms__${i}__TimeoutSeconds'
      value: string(form.?timeoutSeconds ?? '')
    }
    {
      name: 'Forms__${i}__AllowHttp'
      value: string(form.?allowHttp ?? '')
    }
    {
      name: 'Forms__${i}__Exchange'
      value: form.?exchange ?? ''
    }
    {
      name: 'Forms__${i}__Audience'
      value: form.?audience ?? ''
    }
    {
      name: 'Forms__${i}__Resource'
      value: form.?resource ?? ''
    }
    {
      name: 'Forms__${i}__Adapter'
      value: form.?adapter ?? ''
    }
  ]
]

var formScopeSettings = [
  for (form, i) in forms: map(form.?scopes ?? [], (value, n) => {
    name: 'Forms__${i}__Scopes__${n}'
    value: value
  })
]

var formValueSettings = [
  for (form, i) in forms: map(items(form.?values ?? {}), value => {
    name: 'Forms__${i}__Values__${value.key}'
    value: value.value
  })
]

var callerSettings = [
  {
    name: 'Callers__Mode'
    value: callersMode
  }
  {
    name: 'Callers__Resource'
    value: callersResource
  }
  {
    name: 'Callers__Authority'
    value: callersAuthority
  }
  {
    name: 'Callers__Audience'
    value: callersAudience
  }
]

// The managed identity stands for the client: there is no secret.
var clientSettings = empty(callersClientId)
  ? []
  : [
      {
        name: 'Callers__Client__Id'
        value: callersClientId
      }
      {
        name: 'Callers__Client__ManagedIdentity'
        value: identity.outputs.clientId
      }
      {
        name: 'Callers__Client__ConsentUrl'
        value: callersConsentUrl
      }
    ]

var requiredScopeSettings = [
  for (requiredScope, i) in callersRequiredScopes: {
    name: 'Callers__RequiredScopes__${i}'
    value: requiredScope
  }
]

var authorizationServerSettings = [
  for (server, i) in callersAuthorizationServers: {
    name: 'Callers__AuthorizationServers__${i}'
    value: server
  }
]

var scopeSettings = [
  for (callersScope, i) in callersScopes: {
    name: 'Callers__Scopes__${i}'
    value: callersScope
  }
]

var endpointSettings = [
  {
    name: 'Endpoint__ClientAddressHeader'
    value: clientAddressHeader
  }
]

var originSettings = [
  for (origin, i) in allowedOrigins: {
    name: 'Endpoint__AllowedOrigins__${i}'
    value: origin
  }
]

var searchSettings = empty(elasticsearchUrl)
  ? []
  : [
      {
        name: 'Elasticsearch__Url'
        value: elasticsearchUrl
      }
      {
        name: 'Elasticsearch__IndexPrefix'
        value: elasticsearchIndexPrefix
      }
      {
        name: 'Elasticsearch__MinScore'
        value: elasticsearchMinScore
      }
    ]

var furtherSettings = [
  for setting in items(otherSettings): {
    name: setting.key
    value: setting.value
  }
]

var allSettings = concat(
  flatten(formSettings),
  flatten(formScopeSettings),
  flatten(formValueSettings),
  sampleSettings,
  callerSettings,
  clientSettings,
  requiredScopeSettings,
  authorizationServerSettings,
  scopeSettings,
  endpointSettings,
  originSettings,
  searchSettings,
  furtherSettings
)

// An empty value is left out, so that the app's own default applies.
var appSettings = filter(allSettings, setting => !empty(setting.value))

module identity 'identity.bicep' = {
  params: {
    name: 'id-${token}'
    location: region
    tags: tags
  }
}

module monitoring 'monitoring.bicep' = {
  params: {
    workspaceName: 'log-${token}'
    applicationInsightsName: applicationInsightsName
    location: region
    tags: tags
    retentionDays: logRetentionDays
  }
}

module hostStorage 'storage.bicep' = {
  params: {
    name: hostStorageAccountName
    location: region
    tags: tags
    skuName: storageSku
    allowPublicNetwork: !usePrivateNetwork
    containers: []
    tables: []
  }
}

module storage 'storage.bicep' = {
  params: {
    name: storageAccountName
    location: region
    tags: tags
    skuName: storageSku
    allowPublicNetwork: !usePrivateNetwork
    containers: [
      deploymentContainerName
    ]
    tables: tables
  }
}

module roles 'roles.bicep' = {
  params: {
    principalId: identity.outputs.principalId
    hostStorageAccountName: hostStorageAccountName
    storageAccountName: storageAccountName
    deploymentContainerName: deploymentContainerName
    tables: tables
    applicationInsightsName: applicationInsightsName
  }
  dependsOn: [
    hostStorage
    storage
    monitoring
  ]
}

module network 'network.bicep' = if (usePrivateNetwork) {
  params: {
    virtualNetworkName: 'vnet-${token}'
    addressPrefix: virtualNetworkAddressPrefix
    storageAccountNames: [
      hostStorageAccountName
      storageAccountName
    ]
    location: region
    tags: tags
  }
  dependsOn: [
    hostStorage
    storage
  ]
}

module functionApp 'functionapp.bicep' = {
  params: {
    name: 'func-${token}'
    planName: 'plan-${token}'
    location: region
    tags: tags
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    hostStorageAccountName: hostStorageAccountName
    deploymentContainerUrl: '${storage.outputs.blobServiceUri}${deploymentContainerName}'
    tableServiceUri: storage.outputs.tableServiceUri
    applicationInsightsName: applicationInsightsName
    workspaceId: monitoring.outputs.workspaceId
    subnetId: usePrivateNetwork ? network!.outputs.appSubnetId : ''
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    httpConcurrency: httpConcurrency
    alwaysReadyInstances: alwaysReadyInstances
    allowedOrigins: allowedOrigins
    appSettings: appSettings
    elasticsearchApiKey: empty(elasticsearchUrl) ? '' : elasticsearchApiKey
  }
  dependsOn: [
    roles
  ]
}

module workbook 'workbook.bicep' = {
  params: {
    displayName: 'MCP Function App (${environmentName})'
    applicationInsightsName: applicationInsightsName
    location: region
    tags: tags
  }
  dependsOn: [
    monitoring
  ]
}

module alerts 'alerts.bicep' = if (hasAlerts) {
  params: {
    token: token
    email: alertEmail
    actionGroupIds: alertActionGroupIds
    applicationInsightsName: applicationInsightsName
    healthUrl: 'https://${functionApp.outputs.hostName}/health'
    location: region
    tags: tags
  }
}

@description('Address of the MCP endpoint.')
output mcpUrl string = 'https://${functionApp.outputs.hostName}/mcp'

@description('Name of the function app.')
output functionAppName string = functionApp.outputs.name

@description('Host name of the function app.')
output functionAppHostName string = functionApp.outputs.hostName

@description('True where the app shows the sample form API, because no form is configured.')
output isDemonstration bool = isDemonstration

@description('Name of the storage account with the tables of the app.')
output storageAccountName string = storage.outputs.name

@description('Client id of the managed identity the app runs as.')
output identityClientId string = identity.outputs.clientId

@description('Object id of the managed identity, the subject of a federated credential.')
output identityPrincipalId string = identity.outputs.principalId

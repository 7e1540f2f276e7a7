@description('Name of the function app.')
param name string

@description('Name of the Flex Consumption plan.')
param planName string

@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags { *: string }

@description('Resource id of the managed identity the app runs as.')
param identityId string

@description('Client id of the managed identity the app runs as.')
param identityClientId string

@description('Name of the storage account of the Functions host.')
param hostStorageAccountName string

@description('Address of the container that holds the deployed package.')
param deploymentContainerUrl string

@description('Address of the table service the app keeps its tables in.')
param tableServiceUri string

@description('Name of the Application Insights resource.')
param applicationInsightsName string

@description('Resource id of the Log Analytics workspace for the diagnostic settings.')
param workspaceId string

@description('Resource id of the subnet the app joins. Empty: no virtual network.')
param subnetId string

@description('Memory of one instance in megabytes.')
param instanceMemoryMB int

@description('The most instances the app may scale out to.')
param maximumInstanceCount int

@description('Requests one instance works on at the same time.')
param httpConcurrency int

@description('Instances kept running for HTTP requests.')
param alwaysReadyInstances int

@description('Origins the platform answers CORS requests for.')
param allowedOrigins string[]

@description('One app setting.')
type settingType = {
  @description('Name of the setting.')
  name: string

  @description('Value of the setting.')
  value: string
}

@description('The settings of the app itself. No secrets.')
param appSettings settingType[]

@description('API key of Elasticsearch or a Key Vault reference to it. Empty: the setting is left out.')
@secure()
param elasticsearchApiKey string

// Runtime, package and scale are set in functionAppConfig. Flex Consumption does not take them as app settings:
// no FUNCTIONS_WORKER_RUNTIME, FUNCTIONS_EXTENSION_VERSION, WEBSITE_RUN_FROM_PACKAGE or WEBSITE_CONTENT... here.
var hostSettings = [
  {
    name: 'AzureWebJobsDisableHomepage'
    value: 'true'
  }
  {
    name: 'AzureWebJobsStorage__accountName'
    value: hostStorageAccountName
  }
  {
    name: 'AzureWebJobsStorage__credential'
    value: 'managedidentity'
  }
  {
    name: 'AzureWebJobsStorage__clientId'
    value: identityClientId
  }
  {
    name: 'APPLICATIONINSIGHTS_CONNECTION_STRING'
    value: applicationInsights.properties.ConnectionString
  }
  {
    name: 'APPLICATIONINSIGHTS_AUTHENTICATION_STRING'
    value: 'ClientId=${identityClientId};Authorization=AAD'
  }
  {
    name: 'TableStorage__tableServiceUri'
    value: tableServiceUri
  }
  {
    name: 'TableStorage__credential'
    value: 'managedidentity'
  }
  {
    name: 'TableStorage__clientId'
    value: identityClientId
  }
]

var keySettings = empty(elasticsearchApiKey)
  ? []
  : [
      {
        name: 'Elasticsearch__ApiKey'
        value: elasticsearchApiKey
      }
    ]

resource applicationInsights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: applicationInsightsName
}

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: {
    reserved: true
  }
}

// No ftpsState: Flex Consumption has neither FTP nor FTPS and does not take the member.
resource functionApp 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  tags: union(tags, {
    'azd-service-name': 'mcp'
  })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      cors: {
        allowedOrigins: allowedOrigins
        supportCredentials: false
      }
      appSettings: concat(hostSettings, appSettings, keySettings)
    }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: deploymentContainerUrl
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      runtime: {
        name: 'dotnet-isolated'
        version: '10.0'
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        alwaysReady: alwaysReadyInstances == 0
          ? []
          : [
              {
                name: 'http'
                instanceCount: alwaysReadyInstances
              }
            ]
        triggers: {
          http: {
            perInstanceConcurrency: httpConcurrency
          }
        }
      }
    }
  }
}

resource ftpCredentials 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2025-03-01' = {
  parent: functionApp
  name: 'ftp'
  properties: {
    allow: false
  }
}

resource scmCredentials 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2025-03-01' = {
  parent: functionApp
  name: 'scm'
  properties: {
    allow: false
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: functionApp
  name: 'log-analytics'
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        category: 'FunctionAppLogs'
        enabled: true
      }
    ]
    metrics: [
      {
        category: 'AllMetrics'
        enabled: true
      }
    ]
  }
}

@description('Name of the function app.')
output name string = functionApp.name

@description('Host name of the function app.')
output hostName string = functionApp.properties.defaultHostName

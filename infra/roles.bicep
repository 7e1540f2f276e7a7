@description('Object id of the managed identity that gets the roles.')
param principalId string

@description('Name of the storage account of the Functions host.')
param hostStorageAccountName string

@description('Name of the storage account of the app.')
param storageAccountName string

@description('Name of the container that holds the deployed package.')
param deploymentContainerName string

@description('Names of the tables of the app.')
param tables string[]

@description('Name of the Application Insights resource.')
param applicationInsightsName string

// Built-in roles, the same in every tenant.
var storageBlobDataOwner = 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
var storageBlobDataContributor = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
var storageTableDataContributor = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
var monitoringMetricsPublisher = '3913510d-42f4-4e42-8a64-420c390055eb'

// The host makes its containers itself, and a new table of diagnostic events each month, whose names nobody knows
// beforehand: for these two Microsoft names the roles on the account ("Connecting to host storage with an identity" in
// the Functions developer guide). The account holds nothing else. No role for queues: only a blob trigger needs them.
var hostRoles = [
  {
    id: storageBlobDataOwner
    description: 'The Functions host: its keys, and the locks of the timer trigger.'
  }
  {
    id: storageTableDataContributor
    description: 'The Functions host: its diagnostic events.'
  }
]

resource hostStorageAccount 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: hostStorageAccountName
}

resource storageAccount 'Microsoft.Storage/storageAccounts@2025-06-01' existing = {
  name: storageAccountName

  resource blobService 'blobServices' existing = {
    name: 'default'

    resource deploymentContainer 'containers' existing = {
      name: deploymentContainerName
    }
  }

  resource tableService 'tableServices' existing = {
    name: 'default'

    resource appTables 'tables' existing = [
      for table in tables: {
        name: table
      }
    ]
  }
}

resource applicationInsights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: applicationInsightsName
}

resource hostRoleAssignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in hostRoles: {
    name: guid(hostStorageAccount.id, principalId, role.id)
    scope: hostStorageAccount
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role.id)
      principalId: principalId
      principalType: 'ServicePrincipal'
      description: role.description
    }
  }
]

resource packageRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(storageAccount::blobService::deploymentContainer.id, principalId, storageBlobDataContributor)
  scope: storageAccount::blobService::deploymentContainer
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageBlobDataContributor)
    principalId: principalId
    principalType: 'ServicePrincipal'
    description: 'The deployed package.'
  }
}

resource tableRoles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (table, i) in tables: {
    name: guid(storageAccount::tableService::appTables[i].id, principalId, storageTableDataContributor)
    scope: storageAccount::tableService::appTables[i]
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageTableDataContributor)
      principalId: principalId
      principalType: 'ServicePrincipal'
      description: 'A table of the app.'
    }
  }
]

resource metricsRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(applicationInsights.id, principalId, monitoringMetricsPublisher)
  scope: applicationInsights
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', monitoringMetricsPublisher)
    principalId: principalId
    principalType: 'ServicePrincipal'
    description: 'Telemetry of the host and of the app.'
  }
}

@description('Name of the managed identity.')
param name string

@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags { *: string }

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
  tags: tags
}

@description('Resource id of the managed identity.')
output id string = identity.id

@description('Client id of the managed identity.')
output clientId string = identity.properties.clientId

@description('Object id of the managed identity, for role assignments.')
output principalId string = identity.properties.principalId

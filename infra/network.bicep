@description('Name of the virtual network.')
param virtualNetworkName string

@description('Address range of the virtual network: a /25 or larger.')
param addressPrefix string

@description('Names of the storage accounts that get private endpoints.')
param storageAccountNames string[]

@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags { *: string }

var appSubnetName = 'app'
var endpointSubnetName = 'private-endpoints'
var storageServices = [
  'blob'
  'table'
]

// Each account with each service: the entry n belongs to the account n / 2 and to the service n % 2.
var endpointCount = length(storageAccountNames) * length(storageServices)

resource storageAccounts 'Microsoft.Storage/storageAccounts@2025-06-01' existing = [
  for name in storageAccountNames: {
    name: name
  }
]

resource virtualNetwork 'Microsoft.Network/virtualNetworks@2024-07-01' = {
  name: virtualNetworkName
  location: location
  tags: tags
  properties: {
    addressSpace: {
      addressPrefixes: [
        addressPrefix
      ]
    }
    subnets: [
      {
        name: appSubnetName
        properties: {
          addressPrefix: cidrSubnet(addressPrefix, 26, 0)
          delegations: [
            {
              name: 'flex-consumption'
              properties: {
                serviceName: 'Microsoft.App/environments'
              }
            }
          ]
        }
      }
      {
        name: endpointSubnetName
        properties: {
          addressPrefix: cidrSubnet(addressPrefix, 26, 1)
          privateEndpointNetworkPolicies: 'Disabled'
        }
      }
    ]
  }
}

resource dnsZones 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for service in storageServices: {
    name: 'privatelink.${service}.${environment().suffixes.storage}'
    location: 'global'
    tags: tags
  }
]

resource dnsZoneLinks 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (service, i) in storageServices: {
    parent: dnsZones[i]
    name: '${service}-${virtualNetworkName}'
    location: 'global'
    tags: tags
    properties: {
      registrationEnabled: false
      virtualNetwork: {
        id: virtualNetwork.id
      }
    }
  }
]

resource privateEndpoints 'Microsoft.Network/privateEndpoints@2024-07-01' = [
  for n in range(0, endpointCount): {
    name: 'pep-${storageServices[n % 2]}-${storageAccountNames[n / 2]}'
    location: location
    tags: tags
    properties: {
      subnet: {
        id: '${virtualNetwork.id}/subnets/${endpointSubnetName}'
      }
      privateLinkServiceConnections: [
        {
          name: storageServices[n % 2]
          properties: {
            privateLinkServiceId: storageAccounts[n / 2].id
            groupIds: [
              storageServices[n % 2]
            ]
          }
        }
      ]
    }
  }
]

resource dnsZoneGroups 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-07-01' = [
  for n in range(0, endpointCount): {
    parent: privateEndpoints[n]
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [
        {
          name: storageServices[n % 2]
          properties: {
            privateDnsZoneId: dnsZones[n % 2].id
          }
        }
      ]
    }
  }
]

@description('Resource id of the subnet the function app joins.')
output appSubnetId string = '${virtualNetwork.id}/subnets/${appSubnetName}'

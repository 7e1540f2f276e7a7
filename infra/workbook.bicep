@description('Name of the workbook as people see it.')
param displayName string

@description('Name of the Application Insights resource that the queries read.')
param applicationInsightsName string

@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags { *: string }

// The queries are those of docs/azure.md.
var tables = [
  {
    title: 'Messages: how many, how many failed, how long they take (milliseconds)'
    query: loadTextContent('queries/messages.kql')
  }
  {
    title: 'Requests by what came of them'
    query: loadTextContent('queries/outcomes.kql')
  }
  {
    title: 'Who gets static tools only, and why'
    query: loadTextContent('queries/static-tools.kql')
  }
  {
    title: 'Tools by what came of their calls (p95 in milliseconds)'
    query: loadTextContent('queries/tools.kql')
  }
  {
    title: 'Form APIs (milliseconds)'
    query: loadTextContent('queries/form-api.kql')
  }
  {
    title: 'Cached forms'
    query: loadTextContent('queries/cache.kql')
  }
  {
    title: 'Table storage and search (milliseconds)'
    query: loadTextContent('queries/stores.kql')
  }
  {
    title: 'Warnings and errors by event'
    query: loadTextContent('queries/warnings.kql')
  }
  {
    title: 'Audit log of seven days'
    query: loadTextContent('queries/audit.kql')
  }
]

var items = [
  for (table, i) in tables: {
    type: 3
    name: 'query-${i}'
    content: {
      version: 'KqlItem/1.0'
      query: table.query
      title: table.title
      size: 0
      timeContext: {
        durationMs: 604800000
      }
      queryType: 0
      resourceType: 'microsoft.insights/components'
      visualization: 'table'
      gridSettings: {
        filter: true
      }
    }
  }
]

resource applicationInsights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: applicationInsightsName
}

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(applicationInsights.id, 'workbook')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: displayName
    category: 'workbook'
    sourceId: applicationInsights.id
    serializedData: string({
      version: 'Notebook/1.0'
      items: items
      fallbackResourceIds: [
        applicationInsights.id
      ]
    })
  }
}

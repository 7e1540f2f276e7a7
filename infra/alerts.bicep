@description('Part of the name of every resource.')
param token string

@description('Address that alerts are mailed to. Empty: nobody is mailed.')
param email string

@description('Resource ids of action groups that exist already and are told of alerts, too.')
param actionGroupIds string[]

@description('Name of the Application Insights resource that the rules read.')
param applicationInsightsName string

@description('Address that the availability test asks.')
param healthUrl string

@description('Azure region.')
param location string

@description('Tags of every resource.')
param tags { *: string }

// The queries are those of docs/azure.md: a row that one gives is an alert.
var rules = [
  {
    name: 'form-api'
    displayName: 'A form API is down or answers something else'
    severity: 1
    query: loadTextContent('queries/alert-form-api.kql')
  }
  {
    name: 'rejected'
    displayName: 'A form API rejects most tokens'
    severity: 1
    query: loadTextContent('queries/alert-rejected.kql')
  }
  {
    name: 'unknown-outcome'
    displayName: 'Nobody knows whether a request was created'
    severity: 1
    query: loadTextContent('queries/alert-unknown-outcome.kql')
  }
  {
    name: 'failed'
    displayName: 'A tool failed unexpectedly'
    severity: 2
    query: loadTextContent('queries/alert-failed.kql')
  }
  {
    name: 'table'
    displayName: 'Table storage is in trouble'
    severity: 2
    query: loadTextContent('queries/alert-table.kql')
  }
  {
    name: 'search'
    displayName: 'Search is down'
    severity: 2
    query: loadTextContent('queries/alert-search.kql')
  }
]

// Microsoft advises five places, and to believe an outage that three of them see.
var testLocations = [
  'emea-nl-ams-azr'
  'emea-gb-db3-azr'
  'us-va-ash-azr'
  'us-ca-sjc-azr'
  'apac-sg-sin-azr'
]

var allActionGroups = concat(actionGroupIds, empty(email) ? [] : [actionGroup.id])

resource applicationInsights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: applicationInsightsName
}

resource actionGroup 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(email)) {
  name: 'ag-${token}'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'mcp'
    emailReceivers: [
      {
        name: 'email'
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

resource queryRules 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in rules: {
    name: 'alert-${rule.name}-${token}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: rule.displayName
      description: 'docs/operations.md says what to do.'
      severity: rule.severity
      enabled: true
      scopes: [
        applicationInsights.id
      ]
      evaluationFrequency: 'PT5M'
      windowSize: 'PT10M'
      criteria: {
        allOf: [
          {
            query: rule.query
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: 0
            failingPeriods: {
              numberOfEvaluationPeriods: 1
              minFailingPeriodsToAlert: 1
            }
          }
        ]
      }
      autoMitigate: true
      actions: {
        actionGroups: allActionGroups
      }
    }
  }
]

resource availabilityTest 'Microsoft.Insights/webtests@2022-06-15' = {
  name: 'health-${token}'
  location: location
  tags: union(tags, {
    'hidden-link:${applicationInsights.id}': 'Resource'
  })
  kind: 'standard'
  properties: {
    SyntheticMonitorId: 'health-${token}'
    Name: 'GET /health'
    Enabled: true
    Kind: 'standard'
    Frequency: 900
    Timeout: 60
    RetryEnabled: true
    Locations: [
      for testLocation in testLocations: {
        Id: testLocation
      }
    ]
    Request: {
      RequestUrl: healthUrl
      HttpVerb: 'GET'
      ParseDependentRequests: false
    }
    ValidationRules: {
      ExpectedHttpStatusCode: 200
      SSLCheck: true
      SSLCertRemainingLifetimeCheck: 7
    }
  }
}

resource availabilityRule 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'alert-availability-${token}'
  location: 'global'
  tags: union(tags, {
    'hidden-link:${applicationInsights.id}': 'Resource'
    'hidden-link:${availabilityTest.id}': 'Resource'
  })
  properties: {
    description: 'GET /health is not answered with 200 in three places.'
    severity: 1
    enabled: true
    scopes: [
      availabilityTest.id
      applicationInsights.id
    ]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT30M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.WebtestLocationAvailabilityCriteria'
      webTestId: availabilityTest.id
      componentId: applicationInsights.id
      failedLocationCount: 3
    }
    autoMitigate: true
    actions: [
      for id in allActionGroups: {
        actionGroupId: id
      }
    ]
  }
}

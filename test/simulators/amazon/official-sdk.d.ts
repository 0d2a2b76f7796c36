/** The part of Amazon's SDK that the test drives; the package declares no types at its entry. */
declare module '@amazon-sp-api-release/amazon-sp-api-sdk-js' {
  interface Client {
    applyXAmzAccessTokenToRequest(token: string): Client;
  }
  type ClientClass = new (baseUrl: string) => Client;
  type Query = Record<string, string | number | boolean | Date | string[]>;
  export const Orders_v2026SpApi: {
    ApiClient: ClientClass;
    SearchOrdersApi: new (client: Client) => { searchOrders(query: Query): Promise<unknown> };
    GetOrderApi: new (client: Client) => { getOrder(orderId: string): Promise<unknown> };
  };
  export const ReportsSpApi: {
    ApiClient: ClientClass;
    ReportsApi: new (client: Client) => {
      createReport(body: Query): Promise<unknown>;
      getReport(reportId: string): Promise<unknown>;
      getReports(query: Query): Promise<unknown>;
      getReportDocument(reportDocumentId: string): Promise<unknown>;
    };
  };
  export const Finances20240619SpApi: {
    ApiClient: ClientClass;
    DefaultApi: new (client: Client) => { listTransactions(query: Query): Promise<unknown> };
  };
  export const FinancesSpApi: {
    ApiClient: ClientClass;
    DefaultApi: new (client: Client) => { listFinancialEventGroups(query: Query): Promise<unknown> };
  };
  export const FbainventorySpApi: {
    ApiClient: ClientClass;
    FbaInventoryApi: new (client: Client) => {
      getInventorySummaries(granularity: string, id: string, marketplaceIds: string[], query: Query): Promise<unknown>;
    };
  };
  export const Fulfillmentinbound_v0SpApi: {
    ApiClient: ClientClass;
    FbaInboundApi: new (client: Client) => {
      getShipments(queryType: string, marketplaceId: string, query: Query): Promise<unknown>;
      getShipmentItems(queryType: string, marketplaceId: string, query: Query): Promise<unknown>;
      getShipmentItemsByShipmentId(shipmentId: string): Promise<unknown>;
    };
  };
  export const SellersSpApi: {
    ApiClient: ClientClass;
    SellersApi: new (client: Client) => { getMarketplaceParticipations(): Promise<unknown> };
  };
}

namespace Plimsoll.Service.Tests.Samples;

/// <summary>OpenVEX documents of one statement.</summary>
internal static class OpenVex
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static string Of(string product, string status = "not_affected", string id = "https://vex.example/1", int version = 1, string vulnerability = "CVE-2026-0001", string more = "\"justification\": \"vulnerable_code_not_present\"") => $$"""
        { "@context": "https://openvex.dev/ns/v0.2.0", "@id": "{{id}}", "author": "team-a", "timestamp": "2026-07-03T00:00:00Z", "version": {{version}},
          "statements": [{ "vulnerability": { "name": "{{vulnerability}}" }, "products": [{ "@id": "{{product}}" }], "status": "{{status}}"{{(more.Length > 0 ? $", {more}" : "")}} }] }
        """;

    public static Task<HttpResponseMessage> SendVex(this Service service, string document) => service.Http.PostAsync("/v1/vex", new StringContent(document, null, "application/json"), Ct);

    /// <summary>Sends a document that is taken.</summary>
    public static async Task State(this Service service, string document)
    {
        using var answer = await service.SendVex(document);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using k8s;
using Plimsoll.Chart.Tests.Samples;

namespace Plimsoll.Operator.Tests.Samples;

/// <summary>Asks a real API server as somebody: the administrator, or whom that one can be taken for.</summary>
internal sealed class Caller : IDisposable
{
    readonly HttpClient _http;

    public Caller(KubernetesClientConfiguration server, string? user = null, string? group = null)
    {
        _http = new HttpClient(new HttpClientHandler { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator })
        {
            BaseAddress = new Uri(server.Host), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", server.AccessToken) },
        };
        if (user is not null)
            _http.DefaultRequestHeaders.Add("Impersonate-User", user);
        if (group is not null)
            _http.DefaultRequestHeaders.Add("Impersonate-Group", group);
    }

    public Task<(HttpStatusCode Status, string Message)> Get(string path) => Send(HttpMethod.Get, path, null, null);

    public Task<(HttpStatusCode Status, string Message)> Post(string path, string body) => Send(HttpMethod.Post, path, body, "application/json");

    public Task<(HttpStatusCode Status, string Message)> Patch(string path, string patch) => Send(HttpMethod.Patch, path, patch, patch.StartsWith('[') ? "application/json-patch+json" : "application/merge-patch+json");

    /// <summary>Server-side apply, with fields that nobody knows refused.</summary>
    /// <returns>Null for a kind that this server does not have.</returns>
    public async Task<(HttpStatusCode Status, string Message)?> Apply(JsonObject one, bool dryRun = false)
    {
        if (await PathOf(one) is not { } path)
            return null;
        return await Send(HttpMethod.Patch, $"{path}?fieldManager=test&force=true&fieldValidation=Strict{(dryRun ? "&dryRun=All" : "")}", one.ToJsonString(), "application/apply-patch+yaml");
    }

    async Task<string?> PathOf(JsonObject one)
    {
        var (version, kind) = ((string)one["apiVersion"]!, Rendering.Kind(one));
        var root = version.Contains('/', StringComparison.Ordinal) ? $"apis/{version}" : $"api/{version}";
        using var answer = await _http.GetAsync(new Uri(root, UriKind.Relative), Patience.Ct);
        if (answer.StatusCode is HttpStatusCode.NotFound)
            return null;
        var resource = Rendering.List(JsonNode.Parse(await answer.Content.ReadAsStringAsync(Patience.Ct))!["resources"]).Single(resource => (string?)resource["kind"] == kind && !((string)resource["name"]!).Contains('/', StringComparison.Ordinal));
        return $"{root}/{((bool)resource["namespaced"]! ? $"namespaces/{one["metadata"]!["namespace"] ?? "default"}/" : "")}{resource["name"]}/{Rendering.Name(one)}";
    }

    async Task<(HttpStatusCode, string)> Send(HttpMethod method, string path, string? body, string? type)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(type!));
        using var answer = await _http.SendAsync(request, Patience.Ct);
        var text = await answer.Content.ReadAsStringAsync(Patience.Ct);
        return (answer.StatusCode, answer.IsSuccessStatusCode ? "" : (string?)JsonNode.Parse(text)!["message"] ?? text);
    }

    public void Dispose() => _http.Dispose();
}

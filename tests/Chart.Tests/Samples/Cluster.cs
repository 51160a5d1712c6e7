using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Chart.Tests.Samples;

/// <summary>
/// As much of Kubernetes' API as helm needs to install, upgrade and uninstall: discovery, and objects that are created, read, listed by labels, patched and
/// deleted. It checks nothing, defaults nothing and runs nothing; a patch replaces the members that it names.
/// </summary>
internal sealed class Cluster : IAsyncDisposable
{
    static readonly (string GroupVersion, string Kind, string Plural)[] Kinds =
    [
        ("v1", "Secret", "secrets"), ("v1", "ConfigMap", "configmaps"), ("v1", "Service", "services"), ("v1", "ServiceAccount", "serviceaccounts"), ("v1", "Pod", "pods"),
        ("apps/v1", "Deployment", "deployments"), ("apps/v1", "StatefulSet", "statefulsets"),
        (Rbac, "Role", "roles"), (Rbac, "RoleBinding", "rolebindings"), (Rbac, "ClusterRole", "clusterroles"), (Rbac, "ClusterRoleBinding", "clusterrolebindings"),
        ("apiextensions.k8s.io/v1", "CustomResourceDefinition", "customresourcedefinitions"),
    ];

    const string Rbac = "rbac.authorization.k8s.io/v1";

    readonly Dictionary<string, JsonObject> _objects = [];
    readonly Lock _lock = new();
    readonly TemporaryFolder _folder = new();
    readonly WebApplication _app;
    int _version;

    Cluster(WebApplication app) => _app = app;

    public static async Task<Cluster> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var cluster = new Cluster(builder.Build());
        cluster._app.Run(cluster.Answer);
        await cluster._app.StartAsync();
        var address = cluster._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        cluster._folder.Write("kubeconfig", $$"""
            { "apiVersion": "v1", "kind": "Config", "current-context": "test", "clusters": [{ "name": "test", "cluster": { "server": "{{address}}" } }],
              "users": [{ "name": "test", "user": {} }], "contexts": [{ "name": "test", "context": { "cluster": "test", "user": "test", "namespace": "team" } }] }
            """);
        return cluster;
    }

    /// <summary>Runs helm against this cluster.</summary>
    public Task<Outcome> Run(Helm helm, params string[] arguments) =>
        helm.Run([.. arguments, "--namespace", "team"], ("KUBECONFIG", _folder.At("kubeconfig")), ("HELM_CACHE_HOME", _folder.Root), ("HELM_CONFIG_HOME", _folder.Root), ("HELM_DATA_HOME", _folder.Root));

    /// <summary>Null when there is none.</summary>
    public JsonObject? Find(string plural, string name)
    {
        lock (_lock)
            return _objects.SingleOrDefault(one => IsAt(one.Key, plural, name)).Value?.DeepClone().AsObject();
    }

    /// <summary>What somebody else does to an object.</summary>
    public void Change(string plural, string name, Action<JsonObject> change)
    {
        lock (_lock)
            change(_objects.Single(one => IsAt(one.Key, plural, name)).Value);
    }

    /// <summary>The paths of all objects.</summary>
    public IReadOnlyList<string> Paths
    {
        get
        {
            lock (_lock)
                return [.. _objects.Keys.Order(StringComparer.Ordinal)];
        }
    }

    // In the namespace of the release, or in none.
    static bool IsAt(string path, string plural, string name) => path.EndsWith($"/namespaces/team/{plural}/{name}", StringComparison.Ordinal) || path.EndsWith($"/v1/{plural}/{name}", StringComparison.Ordinal);

    async Task Answer(HttpContext http)
    {
        using var buffer = new MemoryStream();
        await http.Request.Body.CopyToAsync(buffer, http.RequestAborted);
        var body = buffer.Length > 0 && http.Request.Method != "DELETE" ? Read(buffer.ToArray(), http.Request.ContentType!) : null;
        JsonNode answer;
        lock (_lock)
            answer = Discover(http.Request.Path.Value!) ?? Do(http, http.Request.Path.Value!, body);
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(answer.ToJsonString(), http.RequestAborted);
    }

    static JsonObject Read(byte[] body, string type) => type switch
    {
        "application/vnd.kubernetes.protobuf" => ProtobufSecret.Read(body),
        "application/apply-patch+yaml" => Yaml.Documents(Encoding.UTF8.GetString(body)).Single(),
        _ => JsonNode.Parse(body)!.AsObject(),
    };

    static JsonNode? Discover(string path) => path switch
    {
        "/version" => JsonNode.Parse("""{ "major": "1", "minor": "34", "gitVersion": "v1.34.0" }"""),
        "/api" => JsonNode.Parse("""{ "kind": "APIVersions", "versions": ["v1"] }"""),
        "/apis" => new JsonObject { ["kind"] = "APIGroupList", ["apiVersion"] = "v1", ["groups"] = new JsonArray([.. Kinds.Select(kind => kind.GroupVersion).Distinct().Where(one => one != "v1").Select(Group)]) },
        "/api/v1" => Resources("v1"),
        _ => Kinds.Any(kind => path == $"/apis/{kind.GroupVersion}") ? Resources(path["/apis/".Length..]) : null,
    };

    static JsonObject Group(string groupVersion)
    {
        JsonObject Version() => new() { ["groupVersion"] = groupVersion, ["version"] = groupVersion.Split('/')[1] };
        return new() { ["name"] = groupVersion.Split('/')[0], ["versions"] = new JsonArray(Version()), ["preferredVersion"] = Version() };
    }

    static JsonObject Resources(string groupVersion) => new()
    {
        ["kind"] = "APIResourceList", ["apiVersion"] = "v1", ["groupVersion"] = groupVersion,
        ["resources"] = new JsonArray([.. Kinds.Where(kind => kind.GroupVersion == groupVersion).Select(kind => new JsonObject
        {
            ["name"] = kind.Plural, ["singularName"] = "", ["namespaced"] = !kind.Kind.StartsWith('C') || kind.Kind == "ConfigMap", ["kind"] = kind.Kind, ["verbs"] = new JsonArray("create", "delete", "get", "list", "patch", "update"),
        })]),
    };

    JsonObject Do(HttpContext http, string path, JsonObject? body)
    {
        switch (http.Request.Method)
        {
            case "POST":
                var place = $"{path}/{(string)body!["metadata"]!["name"]!}";
                return _objects.ContainsKey(place) ? Refuse(http, HttpStatusCode.Conflict, "AlreadyExists") : Store(http, place, body);
            case "PATCH" when http.Request.ContentType == "application/apply-patch+yaml":
                return Store(http, path, Merge(_objects.GetValueOrDefault(path), body!));
            case "PATCH" or "PUT" when _objects.TryGetValue(path, out var old):
                return Store(http, path, http.Request.Method == "PUT" ? body! : Merge(old, body!));
            case "GET" when _objects.TryGetValue(path, out var found):
                return found.DeepClone().AsObject();
            case "GET" when Kinds.FirstOrDefault(kind => path.EndsWith($"/{kind.Plural}", StringComparison.Ordinal)) is { Kind: { } kind } type:
                var wanted = ((string?)http.Request.Query["labelSelector"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('='));
                var items = _objects.Where(one => one.Key.StartsWith($"{path}/", StringComparison.Ordinal) && wanted.All(pair => (string?)one.Value["metadata"]!["labels"]?[pair[0]] == pair[^1]));
                return new JsonObject { ["kind"] = $"{kind}List", ["apiVersion"] = type.GroupVersion, ["metadata"] = new JsonObject(), ["items"] = new JsonArray([.. items.Select(one => one.Value.DeepClone())]) };
            case "DELETE" when _objects.Remove(path, out var gone):
                return gone;
            default:
                return Refuse(http, HttpStatusCode.NotFound, "NotFound");
        }
    }

    JsonObject Store(HttpContext http, string path, JsonObject body)
    {
        http.Response.StatusCode = _objects.ContainsKey(path) ? 200 : 201;
        body["metadata"]!["uid"] ??= Guid.NewGuid().ToString();
        body["metadata"]!["resourceVersion"] = $"{++_version}";
        _objects[path] = body;
        return body.DeepClone().AsObject();
    }

    // RFC 7386.
    static JsonObject Merge(JsonObject? old, JsonObject patch)
    {
        var merged = old?.DeepClone().AsObject() ?? [];
        foreach (var (name, value) in patch)
            if (value is null)
                merged.Remove(name);
            else
                merged[name] = value is JsonObject inner ? Merge(merged[name] as JsonObject, inner) : value.DeepClone();
        return merged;
    }

    static JsonObject Refuse(HttpContext http, HttpStatusCode status, string reason)
    {
        http.Response.StatusCode = (int)status;
        return new JsonObject { ["kind"] = "Status", ["apiVersion"] = "v1", ["status"] = "Failure", ["reason"] = reason, ["code"] = (int)status, ["message"] = reason };
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Dispose();
    }
}

using System.Globalization;
using System.Text.Json.Nodes;
using Plimsoll.Chart.Tests.Samples;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Images.Tests.Samples;

/// <summary>
/// A container of a rendered pod in the words of <c>docker run</c>: image, arguments, environment, rights, memory, ports and volumes. What it meets and has no
/// word for is an error. An emptyDir is each container's own, and ends with it; a claim is a volume of the engine.
/// </summary>
/// <param name="elsewhere">Gives the value of a key in a Secret that is not the chart's.</param>
internal sealed class PodArguments(Rendering chart, string component, TemporaryFolder files, Func<string, string, string>? elsewhere)
{
    readonly JsonObject _pod = chart.PodOf(component);

    /// <summary>The user and group of the pod's volumes.</summary>
    public string Group => Text(_pod["spec"]!["securityContext"]!["fsGroup"]!);

    /// <summary>The claims of the pod, which outlive it.</summary>
    public IEnumerable<string> Claims => Rendering.List(chart.Pods().Single(pair => ReferenceEquals(pair.Pod, _pod)).Owner["spec"]!["volumeClaimTemplates"]).Select(claim => (string)claim["metadata"]!["name"]!);

    /// <summary>The names under which the chart's Services lead to this pod.</summary>
    public IEnumerable<string> Aliases => chart.OfKind("Service")
        .Where(service => service["spec"]!["selector"]!.AsObject().All(label => (string?)_pod["metadata"]!["labels"]![label.Key] == (string?)label.Value))
        .SelectMany(service => (string[])[Rendering.Name(service), $"{Rendering.Name(service)}.{(string)service["metadata"]!["namespace"]!}.svc"]);

    /// <param name="volume">The engine's volume for a claim.</param>
    public IEnumerable<string> Of(JsonObject container, Func<string, string> volume) =>
    [
        .. Rights(_pod["spec"]!["securityContext"]!, container["securityContext"]!),
        .. ContainerEnvironment.Of(chart, component, (string)container["name"]!, elsewhere).SelectMany(variable => (string[])["--env", $"{variable.Key}={variable.Value}"]),
        .. Rendering.List(container["volumeMounts"]).SelectMany(mount => Mount((string)mount["name"]!, (string)mount["mountPath"]!, volume)),
        .. Rendering.List(container["ports"]).SelectMany(port => (string[])["--publish", $"127.0.0.1::{Text(port["containerPort"]!)}"]),
        .. container["resources"]!["limits"]?["memory"] is { } memory ? (string[])["--memory", Size(memory)] : [],
        (string)container["image"]!,
        .. container["command"] is null ? container["args"]!.AsArray().Select(argument => (string)argument!) : throw new NotSupportedException("a container with a command"),
    ];

    static IEnumerable<string> Rights(JsonNode pod, JsonNode container)
    {
        // RuntimeDefault is what the engine does by itself.
        Assert.Equal("RuntimeDefault", (string?)pod["seccompProfile"]!["type"]);
        Assert.False((bool)container["privileged"]! || (bool)container["allowPrivilegeEscalation"]!);
        Assert.True((bool)container["readOnlyRootFilesystem"]!);
        return ["--user", $"{Text(pod["runAsUser"]!)}:{Text(pod["runAsGroup"]!)}", "--group-add", Text(pod["fsGroup"]!), "--read-only", "--security-opt", "no-new-privileges",
            .. container["capabilities"]!["drop"]!.AsArray().SelectMany(capability => (string[])["--cap-drop", (string)capability!])];
    }

    string[] Mount(string name, string path, Func<string, string> volume)
    {
        if (Claims.Contains(name))
            return ["--volume", $"{volume(name)}:{path}"];
        var source = Rendering.List(_pod["spec"]!["volumes"]).Single(one => (string)one["name"]! == name);
        if (source["emptyDir"] is { } empty)
            return ["--tmpfs", $"{path}:exec,mode=2777,gid={Group}{(empty["sizeLimit"] is { } limit ? $",size={Size(limit)}" : "")}"];
        var secret = source["secret"] ?? throw new NotSupportedException($"a volume of the kind {source.ToJsonString()}");
        foreach (var item in Rendering.List(secret["items"]))
            files.Write($"{component}/{name}/{(string)item["path"]!}", ContainerEnvironment.Value(chart, "Secret", (string)secret["secretName"]!, (string)item["key"]!, elsewhere));
        return ["--volume", $"{files.At($"{component}/{name}")}:{path}:ro"];
    }

    /// <summary>Kubernetes' <c>256Mi</c> is Docker's <c>256M</c>, of 1024 each.</summary>
    static string Size(JsonNode quantity) => ((string)quantity!).EndsWith('i') ? ((string)quantity!)[..^1] : throw new NotSupportedException($"a size of {quantity}");

    static string Text(JsonNode number) => ((long)number).ToString(CultureInfo.InvariantCulture);
}

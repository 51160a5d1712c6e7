using System.Text.Json;

namespace Plimsoll.Cli.Rollouts;

/// <summary>The ImageRollouts of a cluster, read through kubectl.</summary>
/// <param name="access">Words that kubectl is given each time, such as <c>--context=staging</c>.</param>
/// <param name="space">The namespace; null: that of the context.</param>
/// <param name="everywhere">All namespaces.</param>
internal sealed class Cluster(IReadOnlyList<string> access, string? space, bool everywhere, TimeSpan patience)
{
    const string Resource = "imagerollouts.plimsoll.dev";

    public IReadOnlyList<string> Access => access;

    public bool IsEverywhere => everywhere;

    /// <summary>Where it is looked, for a sentence.</summary>
    public string Place => everywhere ? "in any namespace" : space is null ? "in the namespace of kubectl's context" : $"in namespace {space}";

    public async Task<IReadOnlyList<ImageRollout>> All(CancellationToken ct) => await List([], ct);

    /// <summary>In all namespaces there may be several; empty: there is none.</summary>
    public async Task<IReadOnlyList<ImageRollout>> Named(string name, CancellationToken ct)
    {
        if (everywhere)
            return await List([$"--field-selector=metadata.name={name}"], ct);
        var answer = await Ask([name, "--ignore-not-found"], ct);
        return answer.IsEmpty ? [] : [Read(() => RolloutJson.One(answer.Span))];
    }

    async Task<IReadOnlyList<ImageRollout>> List(IEnumerable<string> more, CancellationToken ct)
    {
        var answer = await Ask(more, ct);
        return Read(() => RolloutJson.Many(answer.Span));
    }

    Task<ReadOnlyMemory<byte>> Ask(IEnumerable<string> more, CancellationToken ct) =>
        new Kubectl(access, patience).Ask(["get", Resource, .. more, .. everywhere ? ["--all-namespaces"] : space is null ? (string[])[] : [$"--namespace={space}"], "-o", "json"], ct);

    static T Read<T>(Func<T?> read)
        where T : class
    {
        try
        {
            return read() ?? throw new JsonException("there is nothing in it");
        }
        catch (JsonException e)
        {
            throw new ClusterException($"what kubectl answers cannot be read{(e.Path is { Length: > 1 } path ? $" at {path}" : "")}: see whether 'kubectl get {Resource} -o json' prints JSON, and whether there is a newer plimsoll");
        }
    }
}

using Plimsoll.Engine.Dockerfiles.Plans;
using Plimsoll.Engine.Dockerfiles.Steps;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Copying;

/// <remarks>An .npmrc or .pypirc in a stage that is not shipped stays on the machine that builds, and may hold no more than the address of a
/// registry.</remarks>
internal sealed class CopiedCredentialsRule : IDockerfileRule
{
    static readonly string[] Endings =
        [".env", ".env.local", ".env.production", ".netrc", ".git-credentials", ".pgpass",
            ".aws", ".aws/credentials", ".docker/config.json", ".kube", ".kube/config", ".ssh", "id_rsa", "id_dsa", "id_ecdsa", "id_ed25519",
            ".vault-token", "application_default_credentials.json"],
        Shipped = [".npmrc", ".pypirc"], KeyStores = [".p12", ".pfx", ".ppk"];

    public RuleInfo Info { get; } = new("copied-credentials", Severity.High,
        "Credentials are copied into a layer", "Mount them for the step that needs them: RUN --mount=type=secret.", null);

    public IEnumerable<Remark> Run(ReviewedFile file)
    {
        var shipped = StageLine.Of(file.Target).ToHashSet<BuildStage>(ReferenceEqualityComparer.Instance);
        return from one in file.Steps
               let copy = one.Step as CopyStep
               where copy is { From: null }
               from source in copy.Sources
               let path = source.Text.TrimEnd('/')
               where Endings.Any(ending => Ends(path, ending)) || KeyStores.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                   || shipped.Contains(one.Stage) && Shipped.Any(ending => Ends(path, ending))
               select Remark.At(source, $"whoever has the image has {source}, also where a later step deletes it");
    }

    static bool Ends(string path, string ending) =>
        path.EndsWith(ending, StringComparison.Ordinal) && (path.Length == ending.Length || path[^(ending.Length + 1)] == '/');
}

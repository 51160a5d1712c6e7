using Plimsoll.Engine.Bases;
using Plimsoll.Engine.Gates;
using Plimsoll.Engine.Images;

namespace Plimsoll.Engine.Reports;

/// <summary>What is in one image for one platform, what is wrong with it and, when there is a policy, whether it passes.</summary>
/// <param name="Vulnerabilities">Those that are known to be attacked first, then the worst; null where there was no advisory data to match with.</param>
/// <param name="Advisories">What they were matched with; null with them.</param>
/// <param name="Notes">What could not be read, and why; the rest of the report stands.</param>
public sealed record ImageReport(
    ImageIdentity Image,
    ConfigReport Config,
    IReadOnlyList<LayerReport> Layers,
    WasteReport Waste,
    IReadOnlyList<Finding> Findings,
    IReadOnlyList<SecretReport> Secrets,
    IReadOnlyList<PackageReport> Packages,
    IReadOnlyList<VulnerabilityReport>? Vulnerabilities,
    AdvisoryReport? Advisories,
    IReadOnlyList<string> Notes,
    Verdict? Verdict)
{
    /// <summary>The image that it was built on; null where that is not known.</summary>
    public BaseImage? Base { get; init; }
}

/// <param name="Reference">The name that the image has in its source; null when it has none.</param>
/// <param name="ManifestDigest">Null for an archive that keeps no manifest (docker save before version 25).</param>
/// <param name="Size">Bytes of all files of all layers: what <c>docker image ls</c> calls the size.</param>
/// <param name="CompressedSize">Bytes of the layers as they are stored in the source.</param>
/// <param name="Attestations">Digests of the attestation manifests that refer to this image.</param>
public sealed record ImageIdentity(
    string? Reference,
    Digest? ManifestDigest,
    Digest ConfigDigest,
    Platform Platform,
    DateTimeOffset? Created,
    long Size,
    long CompressedSize,
    IReadOnlyList<Digest> Attestations);

/// <param name="Env">Names only: values may be secret.</param>
/// <param name="HealthCheck">The command line; null when the image has no health check or switches it off.</param>
/// <param name="OperatingSystem">From os-release; null when the image has none.</param>
public sealed record ConfigReport(
    string User,
    IReadOnlyList<string> Entrypoint,
    IReadOnlyList<string> Cmd,
    IReadOnlyList<string> Env,
    IReadOnlyList<string> ExposedPorts,
    string? HealthCheck,
    IReadOnlyList<string> Volumes,
    IReadOnlyDictionary<string, string> Labels,
    string? StopSignal,
    string WorkingDir,
    OsRelease? OperatingSystem);

/// <summary>The distribution, as os-release names it (os-release(5)).</summary>
public sealed record OsRelease(string Id, string? VersionId, string Name);

/// <param name="Digest">Of the blob as it is stored; equal to the diff id where the layer is not compressed.</param>
/// <param name="Command">The instruction that made it; null where the history does not say.</param>
/// <param name="Size">Bytes of all files in it.</param>
/// <param name="CompressedSize">Bytes of the blob.</param>
/// <param name="Files">Regular files and hard links, whiteouts not counted.</param>
/// <param name="Added">Bytes at paths that no lower layer has.</param>
/// <param name="Overwritten">Bytes of lower layers that this layer replaces.</param>
/// <param name="Removed">Bytes of lower layers that this layer deletes.</param>
/// <param name="Reclaimable">Bytes of this layer that cannot be seen in the final tree.</param>
public sealed record LayerReport(
    Digest Digest, Digest DiffId, string? Command, long Size, long CompressedSize, int Files, long Added, long Overwritten, long Removed, long Reclaimable);

/// <summary>A check that failed at one place.</summary>
/// <param name="Check">Its id, such as <c>non-root-user</c>; see <c>docs/checks</c>.</param>
/// <param name="Evidence">What was seen and where. Never a secret value.</param>
/// <param name="Layer">The layer that holds the evidence, 0 for the lowest; null when it is the configuration.</param>
/// <param name="Path">The file; null when it is none.</param>
/// <param name="Bytes">What mending it would save; null when it is not about size.</param>
public sealed record Finding(
    string Check, Severity Severity, string Title, string Evidence, int? Layer, string? Path, long? Bytes, string Remedy, string? Code);

/// <param name="Rule">The rule's id.</param>
/// <param name="Location">Such as <c>env SECRET_KEY</c>, <c>history step 4</c> or <c>app/settings.py:12</c>.</param>
/// <param name="Path">The file; null for the environment and the history.</param>
/// <param name="Line">Of the file, the first is 1; null where it has no lines.</param>
/// <param name="Layer">The layer that holds it, whether or not a later one hid it; null for the environment.</param>
/// <param name="RemovedIn">The layer that deleted or replaced the file: the secret is out of sight and still in the image. Null while it is visible.</param>
/// <param name="Masked">At most the first four characters and then asterisks.</param>
public sealed record SecretReport(string Rule, string Title, Severity Severity, string Location, string? Path, int? Line, int? Layer, int? RemovedIn, string Masked)
{
    /// <summary>As a finding about it says it.</summary>
    internal string Evidence => $"{Title}: {Location} = {Masked}";
}

/// <param name="Purl">Package URL (ECMA-427).</param>
/// <param name="Layer">The first layer whose database lists it, 0 for the lowest.</param>
/// <param name="Locations">
/// The files that say so: a package database, or what the package brought itself. Inside an archive, <c>app.jar!/BOOT-INF/lib/x.jar</c>.
/// </param>
/// <param name="OwnedBy">The package of the operating system that brought it; null where none did. Such a package is not counted a second time.</param>
/// <param name="RemovedIn">The layer that replaced or deleted the last of its evidence; null while it is installed.</param>
public sealed record PackageReport(
    string Type, string Name, string Version, string Purl, Packages.SourcePackage? Source, int Layer, IReadOnlyList<string> Locations,
    IReadOnlyList<string> Licences, string? OwnedBy, int? RemovedIn)
{
    /// <summary>Whether a container has it, as a package of its own.</summary>
    internal bool Counts => RemovedIn is null && OwnedBy is null;
}

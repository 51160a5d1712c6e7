using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Checks;

internal sealed class CredentialFileCheck : ICheck
{
    public CheckInfo Info { get; } = new(
        "credential-file", Severity.High, "A file with credentials is in a layer",
        "Keep it out of the build context (.dockerignore) or give it with RUN --mount=type=secret, build again, and change the credential", "CIS-DI-0010");

    public IEnumerable<Evidence> Run(InspectedImage image) =>
        CredentialSightings.In(image).Select(file => new Evidence($"{file.Path} holds {file.What}{Story(file)}", file.Layer, file.Path, Severity: Confidence(file)));

    static string Story(CredentialSighting file) => file.HiddenBy is not { } layer ? ""
        : $": added in layer {file.Layer}, {(file.Deleted ? "deleted" : "overwritten")} by layer {layer}, still in the image";

    // A path only lowers the confidence: nothing is trusted for where it lies.
    static Severity? Confidence(CredentialSighting file) =>
        IsExample(file.Entry.PathBytes) ? Severity.Low : file.What is "a key store" or "an encrypted private key" ? Severity.Medium : null;

    static bool IsExample(ReadOnlySpan<byte> path) =>
        path.IsVendored() || path.IsUnder("etc/ssl"u8) || path.IsUnder("etc/pki"u8) || path.HasParts("test"u8) || path.HasParts("tests"u8) || path.HasParts("testdata"u8)
        || path.HasParts("fixtures"u8) || path.HasParts("examples"u8);
}

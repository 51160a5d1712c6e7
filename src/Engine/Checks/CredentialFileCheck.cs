using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Checks;

internal sealed class CredentialFileCheck : ICheck
{
    public CheckInfo Info { get; } = new(
        "credential-file", Severity.High, "A file with credentials is in a layer",
        "Keep it out of the build context (.dockerignore) or give it with RUN --mount=type=secret, build again, and change the credential",
        "CIS-DI-0010");

    public IEnumerable<Evidence> Run(InspectedImage image) =>
        CredentialSightings.In(image).Select(file => new Evidence(
            $"{file.Path} {file.Verb} {file.What}{Story(file)}", file.Layer, file.Path, Severity: file.Confidence));

    static string Story(CredentialSighting file) => file.HiddenBy is not { } layer ? ""
        : $": added in layer {file.Layer}, {(file.Deleted ? "deleted" : "overwritten")} by layer {layer}, still in the image";
}

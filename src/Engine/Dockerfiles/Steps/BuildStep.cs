namespace Plimsoll.Engine.Dockerfiles.Steps;

/// <summary>An instruction whose parts are known. Variables in them are not replaced yet.</summary>
/// <param name="Source">As it stands in the file; of a step behind ONBUILD, what stands behind that.</param>
public abstract record BuildStep(DockerfileInstruction Source)
{
    /// <summary>What it does, sooner or later: of an ONBUILD, the step behind that.</summary>
    internal BuildStep Itself => this is OnBuildStep { Step: var inner } ? inner : this;
}

/// <summary>FROM: begins a stage.</summary>
/// <param name="Name">Of the stage, in lower case; null where it has none.</param>
public sealed record FromStep(DockerfileInstruction Source, PlacedText Image, PlacedText? Name, string? Platform) : BuildStep(Source);

/// <summary>ARG: what a build may be told.</summary>
public sealed record ArgStep(DockerfileInstruction Source, IReadOnlyList<NamedValue> Values) : BuildStep(Source);

/// <summary>ENV.</summary>
/// <param name="IsOld">Without an equals sign: <c>ENV name value</c>.</param>
public sealed record EnvStep(DockerfileInstruction Source, IReadOnlyList<NamedValue> Values, bool IsOld) : BuildStep(Source);

/// <summary>LABEL.</summary>
/// <inheritdoc cref="EnvStep"/>
public sealed record LabelStep(DockerfileInstruction Source, IReadOnlyList<NamedValue> Values, bool IsOld) : BuildStep(Source);

/// <summary>RUN.</summary>
/// <param name="Network"><c>default</c>, <c>none</c> or <c>host</c>; null where it is not said.</param>
/// <param name="Security"><c>sandbox</c> or <c>insecure</c>; null where it is not said.</param>
public sealed record RunStep(DockerfileInstruction Source, StepCommand Command, IReadOnlyList<RunMount> Mounts, string? Network, string? Security)
    : BuildStep(Source);

/// <summary>CMD.</summary>
public sealed record CmdStep(DockerfileInstruction Source, StepCommand Command) : BuildStep(Source);

/// <summary>ENTRYPOINT.</summary>
public sealed record EntrypointStep(DockerfileInstruction Source, StepCommand Command) : BuildStep(Source);

/// <summary>SHELL: what commands in shell form are given to from here on.</summary>
public sealed record ShellStep(DockerfileInstruction Source, IReadOnlyList<PlacedText> Words) : BuildStep(Source);

/// <summary>HEALTHCHECK.</summary>
/// <param name="Command">Null for NONE.</param>
public sealed record HealthcheckStep(DockerfileInstruction Source, StepCommand? Command) : BuildStep(Source);

/// <summary>COPY, and ADD.</summary>
/// <param name="Sources">Without documents.</param>
/// <param name="From">A stage, a number of one, a context or an image; null for the context of the build.</param>
/// <param name="Excludes">Patterns as in a <c>.dockerignore</c>.</param>
public sealed record CopyStep(
    DockerfileInstruction Source, bool IsAdd, IReadOnlyList<PlacedText> Sources, PlacedText Destination,
    PlacedText? From, string? Chown, string? Chmod, bool Links, bool KeepsParents,
    IReadOnlyList<string> Excludes, string? Checksum) : BuildStep(Source);

/// <summary>USER, WORKDIR, STOPSIGNAL and MAINTAINER.</summary>
public sealed record TextStep(DockerfileInstruction Source, PlacedText Value) : BuildStep(Source);

/// <summary>EXPOSE and VOLUME.</summary>
public sealed record ListStep(DockerfileInstruction Source, IReadOnlyList<PlacedText> Values) : BuildStep(Source);

/// <summary>ONBUILD: what a build on top of this one begins with.</summary>
public sealed record OnBuildStep(DockerfileInstruction Source, BuildStep Step) : BuildStep(Source);

/// <param name="Name">As it is written, with quotes.</param>
/// <param name="Value">As it is written, with quotes; null where there is none.</param>
public sealed record NamedValue(PlacedText Name, PlacedText? Value);

/// <summary>What a step runs.</summary>
/// <param name="Text">As it is written.</param>
/// <param name="Words">Of the exec form; null in shell form.</param>
/// <param name="Documents">Given to it.</param>
public sealed record StepCommand(PlacedText Text, IReadOnlyList<PlacedText>? Words, IReadOnlyList<Heredoc> Documents)
{
    public bool IsShellForm => Words is null;

    /// <summary>What the shell reads: the document where the text is nothing but its mark.</summary>
    public string Script => Documents is [var only] && Text.Text.AsSpan().TrimStart("0123456789").StartsWith("<<")
        && !Text.Text.AsSpan().TrimStart("0123456789<-").Trim().ContainsAny(" \t") ? only.Content : Text.Text;
}

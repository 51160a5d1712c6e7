using Plimsoll.Engine.Dockerfiles;

namespace Plimsoll.Cli.Dockerfiles;

/// <summary>A Dockerfile that the command line names.</summary>
/// <param name="Name">As it was given.</param>
internal sealed record GivenDockerfile(string Name, byte[] Content)
{
    /// <summary>For reports, whose readers know the file from the root of their repository: relative to the working directory where it is below that.</summary>
    public string ReportName { get; } = Name == "-" ? "Dockerfile"
        : Path.GetRelativePath(Environment.CurrentDirectory, Name).Replace(Path.DirectorySeparatorChar, '/') is var near && !near.StartsWith("../", StringComparison.Ordinal) ? near : Path.GetFullPath(Name);

    /// <summary>Null after saying why there is none. A pipe may never end, and its reading cannot be cancelled; whoever waits for it can.</summary>
    public static Task<GivenDockerfile?> Read(string name, CancellationToken ct) => Task.Run(() => Read(name), ct).WaitAsync(ct);

    static GivenDockerfile? Read(string name)
    {
        if (Directory.Exists(name))
        {
            CommandLine.Say(ExitCode.NotInspected, $"{name}: it is a directory: name the Dockerfile in it");
            return null;
        }
        if (name != "-" && !File.Exists(name))
        {
            CommandLine.Say(ExitCode.NotInspected, $"{name}: no such file: check the path");
            return null;
        }
        using var input = name == "-" ? Console.OpenStandardInput() : File.OpenRead(name);
        // One byte more than may be there, so that the reader sees where it is too much.
        var buffer = new byte[Adviser.MostBytes + 1];
        return new(name, buffer[..input.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)]);
    }

    /// <summary>Puts other content into the file, whole or not at all. A link stays one, and its target keeps its mode.</summary>
    public void Replace(byte[] content) => WholeFile.Write(Name, file => file.Write(content));
}

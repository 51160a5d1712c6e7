namespace Plimsoll.Engine.Dockerfiles.Contexts;

/// <summary>The folder that a build is given, without what is ignored.</summary>
/// <param name="IgnoredBy">The file that says what is ignored; null where there is none.</param>
/// <param name="Ignored">What the build does not get.</param>
/// <param name="IgnoredIsLeast">Whether there is more of it than was counted.</param>
/// <param name="IsWhole">Whether every folder was looked at.</param>
/// <param name="Notes">What could not be looked at or read, and why.</param>
public sealed record BuildContext(ContextFolder Root, IgnoreFile Ignore, string? IgnoredBy,
    ContextSum Ignored, bool IgnoredIsLeast, bool IsWhole, IReadOnlyList<string> Notes)
{
    /// <summary>No more of an ignore file is read.</summary>
    const int IgnoreBytes = 1 << 20;

    /// <param name="folder">Of the context.</param>
    /// <param name="dockerfile">Null where it is not in a file: then only the context's own <c>.dockerignore</c> counts.</param>
    /// <exception cref="IOException">The folder itself cannot be read; <see cref="UnauthorizedAccessException"/> also.</exception>
    public static BuildContext Read(string folder, string? dockerfile, ContextLimits limits, CancellationToken ct)
    {
        // The one of the Dockerfile wins, and then the other does not count at all.
        var file = new[] { dockerfile is null ? null : $"{dockerfile}.dockerignore",
            Path.Combine(folder, ".dockerignore") }.FirstOrDefault(File.Exists);
        return new ContextScan(folder, file is null ? IgnoreFile.Empty : IgnoreFile.Read(Beginning(file)), limits, ct).Scan(file);
    }

    static byte[] Beginning(string path)
    {
        using var file = File.OpenRead(path);
        var bytes = new byte[Math.Min(file.Length, IgnoreBytes)];
        return bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }
}

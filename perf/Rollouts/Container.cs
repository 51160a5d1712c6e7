using System.Globalization;

namespace Plimsoll.Perf.Rollouts;

/// <summary>A memory limit of the kernel, as a container has: what it counts is what Kubernetes counts and ends a container by. Null where this user may not make one.</summary>
internal sealed class Container : IDisposable
{
    readonly string _folder;
    readonly bool _isSecondVersion;

    Container(string folder, bool isSecondVersion) => (_folder, _isSecondVersion) = (folder, isSecondVersion);

    /// <summary>The most that it held, in bytes.</summary>
    public long Peak => long.Parse(File.ReadAllText(At(_isSecondVersion ? "memory.peak" : "memory.max_usage_in_bytes")), CultureInfo.InvariantCulture);

    /// <summary>A process that writes its number here is in it.</summary>
    public string Processes => At("cgroup.procs");

    public static Container? Make(long limit)
    {
        // Version 1 has the hierarchy of memory beside the others; version 2 has one for all.
        var isSecondVersion = !Directory.Exists("/sys/fs/cgroup/memory");
        var made = new Container(Path.Combine(isSecondVersion ? "/sys/fs/cgroup" : "/sys/fs/cgroup/memory", $"plimsoll-perf-{Environment.ProcessId}"), isSecondVersion);
        try
        {
            Directory.CreateDirectory(made._folder);
            File.WriteAllText(made.At(isSecondVersion ? "memory.max" : "memory.limit_in_bytes"), limit.ToString(CultureInfo.InvariantCulture));
            return made;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"no memory limit can be set here, so none is: {e.Message}");
            return null;
        }
    }

    public void Dispose() => Directory.Delete(_folder);

    string At(string file) => Path.Combine(_folder, file);
}

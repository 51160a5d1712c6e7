using System.Diagnostics;
using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Files;
using Plimsoll.Engine.Secrets;

// What the search for secrets costs, and what it says of real files.
//   secrets DIRECTORY…         reads up to 512 MB of files, scans them in memory on one thread and prints GB/s beside XXH3 and a copy of
//                              the same bytes, measured in turn; binary files and text apart
//   secrets --hits DIRECTORY…  prints each finding, masked, then how many files and bytes there were
if (args is ["--hits", .. var searched])
    return Hits.Print(searched);
Speed.Print(args);
return 0;

internal static class Files
{
    public static IEnumerable<string> In(IEnumerable<string> directories) => directories
        .SelectMany(directory => Directory.EnumerateFiles(directory, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true }))
        .Order(StringComparer.Ordinal);

    public static void Scan(SecretScanner scanner, int row, string path, ReadOnlySpan<byte> content)
    {
        scanner.Begin(row, Encoding.UTF8.GetBytes(path.TrimStart('/')), EntryType.File, content.Length);
        if (!content.IsEmpty)
            scanner.Append(content);
        scanner.End();
    }
}

internal static class Speed
{
    const long Bytes = 512L << 20;
    const int Runs = 15;

    public static void Print(string[] directories)
    {
        List<(string Path, byte[] Content)> binary = [], text = [];
        long total = 0;
        foreach (var path in Files.In(directories).TakeWhile(_ => total < Bytes))
        {
            var content = File.ReadAllBytes(path);
            total += content.Length;
            (content.AsSpan(0, Math.Min(content.Length, 8 << 10)).Contains((byte)0) ? binary : text).Add((path, content));
        }
        Measure("binary", binary);
        Measure("text", text);
    }

    static void Measure(string what, List<(string Path, byte[] Content)> files)
    {
        var bytes = files.Sum(file => (long)file.Content.Length);
        var target = new byte[files.Count == 0 ? 0 : files.Max(file => file.Content.Length)];
        double scan = double.MaxValue, hash = double.MaxValue, copy = double.MaxValue;
        var findings = 0;
        for (var run = 0; run < Runs; run++)
        {
            var scanner = new SecretScanner(Limits.Default);
            scan = Math.Min(scan, Seconds(() => { for (var i = 0; i < files.Count; i++) Files.Scan(scanner, i, files[i].Path, files[i].Content); }));
            hash = Math.Min(hash, Seconds(() => { foreach (var file in files) XxHash128.HashToUInt128(file.Content); }));
            copy = Math.Min(copy, Seconds(() => { foreach (var file in files) file.Content.CopyTo(target, 0); }));
            findings = scanner.Found.Sum(file => file.Value.Count);
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what}: {files.Count} files, {bytes >> 20} MB, {findings} findings; scan {bytes / scan / 1e9:0.00} GB/s, XXH3 {bytes / hash / 1e9:0.00} GB/s, copy {bytes / copy / 1e9:0.00} GB/s; scan takes {scan / hash:0.0} times XXH3"));
    }

    static double Seconds(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}

internal static class Hits
{
    public static int Print(string[] directories)
    {
        var scanner = new SecretScanner(Limits.Default);
        var paths = new List<string>();
        long bytes = 0;
        foreach (var path in Files.In(directories).Where(path => new FileInfo(path).Length < 1 << 30))
            try
            {
                var content = File.ReadAllBytes(path);
                Files.Scan(scanner, paths.Count, path, content);
                bytes += content.Length;
                paths.Add(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Console.Error.WriteLine($"{path}: {e.Message}");
            }
        foreach (var (row, secrets) in scanner.Found.OrderBy(file => file.Key))
            foreach (var secret in secrets)
                Console.WriteLine($"{paths[row]}:{secret.Line} {secret.Rule.Id} {secret.Masked}{(SecretPlaces.LowersConfidence(paths[row].TrimStart('/')) ? " (low)" : "")}");
        foreach (var note in scanner.Notes)
            Console.WriteLine(note);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{paths.Count} files, {bytes:N0} bytes, {scanner.Found.Sum(file => file.Value.Count)} findings in {scanner.Found.Count} files"));
        return 0;
    }
}

using System.Text;
using Plimsoll.Engine.Tests.Packages;
using Plimsoll.Engine.Tests.Samples;

[assembly: AssemblyFixture(typeof(RpmDatabases))]

namespace Plimsoll.Engine.Tests.Packages;

/// <summary>Real rpm databases of the same packages, made by rpm and by Berkeley DB's own loader.</summary>
public sealed class RpmDatabases : IAsyncDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly SemaphoreSlim _making = new(1, 1);
    IReadOnlyList<string>? _truth;

    /// <summary>What <c>rpm -qa</c> says: name, epoch:version-release, architecture, licence, source package.</summary>
    public async Task<IReadOnlyList<string>> Truth()
    {
        Tool.SkipWithout("rpm", "rpmbuild", "db5.3_load");
        await _making.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            return _truth ??= await Make();
        }
        finally
        {
            _making.Release();
        }
    }

    public byte[] Sqlite => File.ReadAllBytes(_folder.At("sqlite/rpmdb.sqlite"));

    /// <summary>
    /// As rpm's ndb back end lays it out: Debian's rpm is built without it. A header page, a slot for each package, an empty slot between
    /// two, and the blobs in reverse.
    /// </summary>
    public byte[] Ndb
    {
        get
        {
            var pages = 1 + (Headers.Count * 32 + 32) / 4096;
            var database = new MemoryStream();
            database.SetLength(pages * 4096);
            void Word(long at, ReadOnlySpan<byte> magic, params uint[] words)
            {
                database.Position = at;
                database.Write(magic);
                foreach (var word in words)
                    database.Write(BitConverter.GetBytes(word));
            }
            Word(0, "RpmP"u8, 0, 7, (uint)pages, (uint)Headers.Count + 1);
            for (var slot = 2; slot < pages * 256; slot++)
                Word(slot * 16, "Slot"u8, 0, 0, 0);
            for (var i = Headers.Count - 1; i >= 0; i--)
            {
                var at = (uint)(database.Length + 15) / 16;
                Word((2 + 2 * i) * 16, "Slot"u8, (uint)i + 1, at, (uint)Headers[i].Length / 16 + 2);
                Word(at * 16, "BlbS"u8, (uint)i + 1, 7, (uint)Headers[i].Length);
                database.Write(Headers[i]);
                // Checksum, length and the mark of the end; the reader does not look at them.
                database.Write(new byte[12]);
            }
            return database.ToArray();
        }
    }

    /// <summary>As rpm before 4.16 wrote it: the same headers under their numbers.</summary>
    public async Task<byte[]> Berkeley(int pageBytes, bool bigEndian)
    {
        var dump = new StringBuilder($"VERSION=3\nformat=bytevalue\ntype=hash\ndb_pagesize={pageBytes}\ndb_lorder={(bigEndian ? 4321 : 1234)}\nHEADER=END\n");
        for (var i = 0; i < Headers.Count; i++)
            dump.Append($" {i + 1:x2}000000\n {Convert.ToHexStringLower(Headers[i])}\n");
        dump.Append("DATA=END\n");
        var text = _folder.Write($"dump-{pageBytes}-{bigEndian}", dump.ToString());
        await Tool.Run("db5.3_load", ["-f", text, text + ".db"]);
        return await File.ReadAllBytesAsync(text + ".db");
    }

    List<byte[]> Headers { get; } = [];

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        _making.Dispose();
        return ValueTask.CompletedTask;
    }

    async Task<IReadOnlyList<string>> Make()
    {
        var top = _folder.At("build");
        Directory.CreateDirectory(top);
        for (var i = 0; i < 12; i++)
        {
            var spec = Path.Combine(top, $"tool{i}.spec");
            await File.WriteAllTextAsync(spec, Spec(i));
            await Tool.Run("rpmbuild", ["--quiet", "-bb", "--define", $"_topdir {top}", "--define", "_build_id_links none", spec]);
        }
        var packages = Directory.GetFiles(top, "*.rpm", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        string[] database = ["--dbpath", Directory.CreateDirectory(_folder.At("sqlite")).FullName, "--define", "_db_backend sqlite"];
        await Tool.Run("rpm", [.. database, "--nodeps", "--justdb", "--ignorearch", "--force-debian", "-i", .. packages]);
        await Tool.Run("bash", ["-c", "exec rpmdb \"$@\" > \"$0\"", _folder.At("export"), .. database, "--exportdb"]);
        ReadExport(await File.ReadAllBytesAsync(_folder.At("export")));
        var answer = await Tool.Run("rpm", [.. database, "-qa", "--qf", "%{NAME}\t%|EPOCH?{%{EPOCH}:}|%{VERSION}-%{RELEASE}\t%{ARCH}\t%{LICENSE}\t%{SOURCERPM}\n"]);
        return [.. answer.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
    }

    // Each header with a magic of eight bytes before it, which databases leave out.
    void ReadExport(ReadOnlySpan<byte> export)
    {
        while (!export.IsEmpty)
        {
            var length = 8 + System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(export[8..]) * 16 + System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(export[12..]);
            Headers.Add(export.Slice(8, length).ToArray());
            export = export[(8 + length)..];
        }
    }

    // Some with an epoch, some with a sub-package, one with a header of many pages.
    static string Spec(int i) =>
        $$"""
        Name: tool{{i}}
        Version: {{i}}.{{i * 7 % 5}}~rc1
        Release: {{i + 1}}.el9
        {{(i % 3 == 0 ? $"Epoch: {i}" : "")}}
        Summary: Werkzeug für Übungen
        License: {{(i % 2 == 0 ? "MIT and (GPLv2+ or ASL 2.0)" : "BSD-3-Clause")}}
        BuildArch: noarch
        %description
        A tool.
        %package -n tool{{i}}-libs
        Summary: Its libraries
        License: LGPL-2.1-or-later
        %description -n tool{{i}}-libs
        Its libraries.
        %install
        mkdir -p %{buildroot}/opt/tool{{i}} %{buildroot}/usr/lib/python3/site-packages/tool{{i}}.egg-info
        for n in $(seq 1 {{(i == 5 ? 3000 : 3 + i)}}); do echo $n > %{buildroot}/opt/tool{{i}}/file-with-a-long-name-$n; done
        echo x > %{buildroot}/usr/lib/python3/site-packages/tool{{i}}.egg-info/PKG-INFO
        %files
        /opt/tool{{i}}
        %files -n tool{{i}}-libs
        /usr/lib/python3/site-packages/tool{{i}}.egg-info
        """;
}

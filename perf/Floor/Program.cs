using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;

// The floor under any inspection: the least that reading an image's layers and knowing that they are whole can cost.
//   floor ARCHIVE         reads and hashes each layer (SHA-256); a gzip layer is hashed packed and, inflated, again. Layers run side by side.
//   floor --million FILE  writes an archive whose one layer holds a million small files.
if (args is ["--million", var target])
{
    Million.Write(target);
    return 0;
}
using var file = File.OpenHandle(args[0]);
long total = 0;
Parallel.ForEach(Layers.In(file).OrderByDescending(layer => layer.Length), layer => Interlocked.Add(ref total, Layers.Hash(file, layer.Start, layer.Length)));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{total} bytes"));
return 0;

internal static class Layers
{
    const int Block = 512;
    const int Buffer = 1 << 18;

    /// <summary>Members of the outer tar that are tar or gzip themselves.</summary>
    public static IEnumerable<(long Start, long Length)> In(SafeFileHandle file)
    {
        var header = new byte[Block];
        var head = new byte[Block];
        for (long at = 0; RandomAccess.Read(file, header, at) == Block && header[0] != 0;)
        {
            var size = Convert.ToInt64(Encoding.ASCII.GetString(header, 124, 12).Trim('\0', ' '), 8);
            RandomAccess.Read(file, head, at + Block);
            if (header[156] is (byte)'0' && size > 0 && (head[0] == 0x1f && head[1] == 0x8b || head.AsSpan(257).StartsWith("ustar"u8)))
                yield return (at + Block, size);
            at += Block + (size + Block - 1) / Block * Block;
        }
    }

    public static long Hash(SafeFileHandle file, long start, long length)
    {
        using var stored = new Hashed(file, start, length);
        var head = new byte[2];
        RandomAccess.Read(file, head, start);
        using Stream content = head is [0x1f, 0x8b] ? new GZipStream(stored, CompressionMode.Decompress) : stored;
        using var sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[Buffer];
        long total = 0;
        for (int read; (read = content.Read(buffer)) > 0; total += read)
            if (content != stored)
                sum.AppendData(buffer, 0, read);
        return total;
    }

    sealed class Hashed(SafeFileHandle file, long start, long length) : Stream
    {
        readonly IncrementalHash _sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long _position;

        public override int Read(Span<byte> buffer)
        {
            var read = RandomAccess.Read(file, buffer[..(int)Math.Min(buffer.Length, length - _position)], start + _position);
            _sum.AppendData(buffer[..read]);
            _position += read;
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        protected override void Dispose(bool disposing)
        {
            _sum.Dispose();
            base.Dispose(disposing);
        }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position { get => _position; set => throw new NotSupportedException(); }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

internal static class Million
{
    const int Files = 1_000_000;

    public static void Write(string target)
    {
        var layer = Path.GetTempFileName();
        try
        {
            using (var output = new BufferedStream(File.Create(layer), 1 << 20))
            {
                for (var i = 0; i < Files; i++)
                    Member(output, $"app/node_modules/pkg{i / 250:0000}/lib/part{i / 25 % 10}/file{i % 25:00}.js", Encoding.ASCII.GetBytes($"export const value{i} = {i * 7919L % 104729};\n"));
                output.Write(new byte[1024]);
            }
            string digest;
            using (var bytes = File.OpenRead(layer))
                digest = Convert.ToHexStringLower(SHA256.HashData(bytes));
            var config = $$"""{"architecture":"amd64","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":["sha256:{{digest}}"]},"history":[{"created_by":"COPY . /app # buildkit"}]}""";
            var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(config))) + ".json";
            using var archive = File.Create(target);
            Member(archive, name, Encoding.ASCII.GetBytes(config));
            Member(archive, "manifest.json", Encoding.ASCII.GetBytes($$"""[{"Config":"{{name}}","RepoTags":["plimsoll/million:1"],"Layers":["layer.tar"]}]"""));
            using (var bytes = File.OpenRead(layer))
            {
                archive.Write(Header("layer.tar", bytes.Length));
                bytes.CopyTo(archive);
            }
            archive.Write(new byte[1024]);
        }
        finally
        {
            File.Delete(layer);
        }
    }

    static void Member(Stream output, string name, byte[] content)
    {
        output.Write(Header(name, content.Length));
        output.Write(content);
        output.Write(new byte[-content.Length & 511]);
    }

    static byte[] Header(string name, long size)
    {
        var block = new byte[512];
        void Put(int at, string text) => Encoding.ASCII.GetBytes(text, 0, text.Length, block, at);
        Put(0, name);
        Put(100, "0000644\0" + "0000000\0" + "0000000\0" + Convert.ToString(size, 8).PadLeft(11, '0') + "\0" + "00000000000\0" + "        " + "0");
        Put(257, "ustar\0" + "00");
        Put(148, Convert.ToString(block.Sum(b => b), 8).PadLeft(6, '0') + "\0 ");
        return block;
    }
}

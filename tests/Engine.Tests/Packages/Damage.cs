using System.Diagnostics;
using System.Text.Json;
using Plimsoll.Engine.Packages;

namespace Plimsoll.Engine.Tests.Packages;

/// <summary>Feeds a reader damaged versions of a real file: flipped bits, wild numbers, missing ends, doubled parts.</summary>
internal static class Damage
{
    /// <summary>Of one damaged file; far more than a sound one takes.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    public static void Try(byte[] sound, int times, Func<byte[], PackageEvidence> read)
    {
        ulong state = 0x9e3779b97f4a7c15;
        uint Next(int below)
        {
            state = state * 6364136223846793005 + 1442695040888963407;
            return (uint)((state >> 33) % (ulong)Math.Max(1, below));
        }
        var (refused, read_) = (0, 0);
        for (var i = 0; i < times; i++)
        {
            var bytes = Damaged(sound, i % 4, Next);
            var watch = Stopwatch.StartNew();
            try
            {
                read(bytes);
                read_++;
            }
            catch (Exception e) when (e is MalformedFileException or JsonException or InvalidDataException)
            {
                refused++;
            }
            Assert.True(watch.Elapsed < Longest, $"damage {i} took {watch.Elapsed}");
        }
        Assert.Equal(times, refused + read_);
    }

    static byte[] Damaged(byte[] sound, int kind, Func<int, uint> next)
    {
        if (kind == 0)
            return sound[..(int)next(sound.Length)];
        var bytes = (byte[])sound.Clone();
        for (var left = 1 + next(8); left > 0; left--)
            if (kind == 1)
                bytes[next(bytes.Length)] ^= (byte)(1 << (int)next(8));
            else if (kind == 2)
                bytes.AsSpan((int)next(bytes.Length - 4), 4).Fill((byte)(next(2) == 0 ? 0xff : next(256)));
            else
                sound.AsSpan((int)next(sound.Length - 64), 64).CopyTo(bytes.AsSpan((int)next(bytes.Length - 64)));
        return bytes;
    }
}

namespace DeepLearning.Tests;

public class PrefetchTests
{
    private static readonly Dataset s_digits = Datasets.Digits(images: true).Subset([.. Enumerable.Range(0, 50)]);

    // Passes batches on and remembers on which threads; fails at a batch if asked to.
    private sealed class Spy(int failAt = -1) : Augmentation
    {
        public readonly HashSet<Thread> Threads = [];
        public int Calls;

        public override (Tensor X, Tensor Y) Apply(Tensor x, Tensor y, Generator generator)
        {
            Threads.Add(Thread.CurrentThread);
            if (Calls++ == failAt) throw new IOException("the disk is gone");
            return (x, y);
        }
    }

    private static DataLoader Loader(int prefetch, Augmentation? augment = null) =>
        new(s_digits, 7, new Generator(1), augment: augment ?? Augment.Shift(1).Then(Augment.Noise(0.1)), random: new Generator(2),
            prefetch: prefetch);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public void TheSameBatchesComeInTheSameOrder(int prefetch)
    {
        DataLoader plain = Loader(0), ahead = Loader(prefetch);
        for (int epoch = 0; epoch < 3; epoch++)
        {
            var expected = plain.Select(batch => (X: batch.X.ToArray(), Y: batch.Y.ToArray())).ToList();
            var actual = ahead.Select(batch => (X: batch.X.ToArray(), Y: batch.Y.ToArray())).ToList();
            Assert.Equal(8, actual.Count);
            for (int b = 0; b < 8; b++)
            {
                Assert.Equal(expected[b].X, actual[b].X);
                Assert.Equal(expected[b].Y, actual[b].Y);
            }
        }
    }

    [Fact]
    public void EachEpochChangesSamplesAnew()
    {
        DataLoader loader = new(s_digits, 50, augment: Augment.Shift(1), random: new Generator(1));
        Assert.NotEqual(loader.Single().X.ToArray(), loader.Single().X.ToArray());
    }

    [Fact]
    public void GeneratorsMoveOnceAnEpochHoweverFarItGoes()
    {
        DataLoader whole = Loader(0), broken = Loader(4);
        whole.ToList();
        broken.First();
        Assert.Equal(whole.Generators.Select(g => g.Position), broken.Generators.Select(g => g.Position));
        Assert.Equal(whole.First().X.ToArray(), broken.First().X.ToArray());
        Assert.Equal(2, broken.Generators.Count());
        Assert.Empty(new DataLoader(s_digits, 7, random: new Generator(1)).Generators);
    }

    [Fact]
    public void NoThreadIsLeftBehind()
    {
        Spy spy = new();
        DataLoader loader = Loader(2, spy);
        foreach ((Tensor X, Tensor Y) _ in loader) break;
        AssertEnded(spy, loader.Count - 1);
        Assert.Throws<InvalidOperationException>(() =>
        {
            foreach ((Tensor X, Tensor Y) _ in loader) throw new InvalidOperationException("a step failed");
        });
        AssertEnded(spy, int.MaxValue);
        Assert.Equal(8, loader.Count());
        AssertEnded(spy, int.MaxValue);
    }

    [Fact]
    public void OnlySoManyBatchesAreMadeAhead()
    {
        Spy spy = new();
        using IEnumerator<(Tensor X, Tensor Y)> batches = Loader(2, spy).GetEnumerator();
        for (int taken = 1; taken <= 8; taken++)
        {
            Assert.True(batches.MoveNext());
            // Those taken, two that wait, and one in the making.
            Assert.InRange(Volatile.Read(ref spy.Calls), taken, taken + 3);
        }
        Assert.False(batches.MoveNext());
    }

    [Fact]
    public void AFailureComesAfterTheBatchesBeforeIt()
    {
        Spy spy = new(failAt: 3);
        int seen = 0;
        IOException error = Assert.Throws<IOException>(() =>
        {
            foreach ((Tensor X, Tensor Y) _ in Loader(5, spy)) seen++;
        });
        Assert.Equal(("the disk is gone", 3), (error.Message, seen));
        AssertEnded(spy, 4);
    }

    [Fact]
    public void CancellingATrainingEndsTheThread()
    {
        Spy spy = new();
        using CancellationTokenSource stop = new();
        Sequential model = new(new Flatten(), new Dense(64, 10, new Generator(1)));
        Trainer trainer = new(model, new SparseCategoricalCrossEntropy(fromLogits: true), new Sgd(model.Parameters, 0.01))
        {
            Progress = null, Callbacks = [Callback.EachStep((run, _) => { if (run.Step == 2) stop.Cancel(); })],
        };
        Assert.ThrowsAny<OperationCanceledException>(() => trainer.Fit(Loader(2, spy), 5, cancellation: stop.Token));
        AssertEnded(spy, 8);
    }

    [Fact]
    public void BatchesBelongToTheScopeTheyAreTakenIn()
    {
        Tensor? first = null;
        foreach (Func<(Tensor X, Tensor Y)> batch in Loader(2).Batches())
        {
            using TensorScope scope = Tensor.Scope();
            (Tensor x, _) = batch();
            first ??= x;
        }
        Assert.True(first!.IsDisposed);
        Assert.All(Loader(2).ToList(), batch => Assert.False(batch.X.IsDisposed));
    }

    [Fact]
    public void WrongOptionsAreRefused()
    {
        Assert.Contains("got -1", Assert.Throws<ArgumentOutOfRangeException>(() => new DataLoader(s_digits, 7, prefetch: -1)).Message);
        Assert.Contains("random: new Generator(seed)",
            Assert.Throws<ArgumentException>(() => new DataLoader(s_digits, 7, augment: Augment.Shift(1))).Message);
    }

    private static void AssertEnded(Spy spy, int mostCalls)
    {
        Assert.NotEmpty(spy.Threads);
        Assert.DoesNotContain(Thread.CurrentThread, spy.Threads);
        Assert.All(spy.Threads, thread => Assert.False(thread.IsAlive));
        Assert.InRange(spy.Calls, 1, mostCalls);
    }
}

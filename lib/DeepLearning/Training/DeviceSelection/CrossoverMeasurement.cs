using System.Diagnostics;

namespace DeepLearning;

/// <summary>Times steps of training on two devices; see <see cref="Crossover.Measure"/>.</summary>
internal sealed class CrossoverMeasurement(Device baseline, Device device, int batch, double seconds, IProgress<CrossoverPoint>? progress)
{
    private const int FewestSteps = 3, MostSteps = 51, WarmSteps = 40;

    // At twice the width a step takes up to four times as long.
    private const double Growth = 4;

    private readonly List<CrossoverPoint> _points = [];

    // Without what the first step of each width takes: there a card may compile kernels that only large layers need.
    private double _spent;

    public IReadOnlyList<CrossoverPoint> Run(IReadOnlyList<int> widths)
    {
        // The first steps wait for compilers, of the program and of the card's kernels; that is not what is measured.
        foreach (Device each in (Device[])[baseline, device]) Warm(each, widths[0]);
        foreach (int width in widths)
        {
            if (_points.Count > 0 && _spent + Expected() > seconds) break;
            try
            {
                _points.Add(Measure(width));
            }
            catch (InsufficientMemoryException) when (_points.Count > 0)
            {
                break;
            }
            progress?.Report(_points[^1]);
        }
        return _points;

        double Expected() => (FewestSteps + 1) * (_points[^1].BaselineSeconds + _points[^1].DeviceSeconds) * Growth;
    }

    private void Warm(Device each, int width)
    {
        using Step step = new(each, batch, width);
        step.Run();
        long start = Stopwatch.GetTimestamp();
        for (int i = 1; i < 2 || (i < WarmSteps && Stopwatch.GetElapsedTime(start).TotalSeconds < seconds / 5); i++) step.Run();
    }

    // In turn, so that whatever else the machine does slows both.
    private CrossoverPoint Measure(int width)
    {
        using Step first = new(baseline, batch, width), second = new(device, batch, width);
        first.Run();
        second.Run();
        List<double> firsts = [], others = [];
        long start = Stopwatch.GetTimestamp();
        while (firsts.Count < FewestSteps || (firsts.Count < MostSteps && Stopwatch.GetElapsedTime(start).TotalSeconds < Share))
        {
            firsts.Add(first.Run());
            others.Add(second.Run());
        }
        _spent += Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new CrossoverPoint(batch, width, Median(firsts), Median(others));
    }

    private double Share => seconds / 10;

    private static double Median(List<double> values)
    {
        values.Sort();
        return values.Count % 2 == 1 ? values[values.Count / 2] : (values[values.Count / 2 - 1] + values[values.Count / 2]) / 2;
    }

    /// <summary>A network with its data on one device.</summary>
    private sealed class Step : IDisposable
    {
        private readonly Device _device;
        private readonly Sequential _model;
        private readonly Sgd _optimizer;
        private readonly MeanSquaredError _loss = new();
        private readonly Tensor _x, _y;

        public Step(Device device, int batch, int width)
        {
            _device = device;
            using IDisposable place = Device.Use(device);
            Generator unused = new(1);
            Initializer weights = Init.Constant(1.0 / width);
            _model = new Sequential(new Dense(width, width, unused, weights), new Relu(), new Dense(width, width, unused, weights));
            _optimizer = new Sgd(_model.Parameters, learningRate: 0.001);
            (_x, _y) = (Tensor.Full(0.5, batch, width).Keep(), Tensor.Full(1, batch, width).Keep());
        }

        /// <summary>
        /// A step, and how many seconds it took, to the reading of the loss after it: what was asked for before is done by then.
        /// </summary>
        public double Run()
        {
            Interruption.Token.ThrowIfCancellationRequested();
            long start = Stopwatch.GetTimestamp();
            using (Device.Use(_device))
            using (Tensor.Scope())
            {
                _model.ClearGradients();
                Tensor loss = _loss.Forward(_model.Forward(_x), _y);
                loss.Backward();
                _optimizer.Step();
                loss.ToDouble();
            }
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        public void Dispose()
        {
            _model.ClearGradients();
            foreach (Tensor tensor in (IEnumerable<Tensor>)[.. _model.Parameters, _x, _y]) tensor.Dispose();
        }
    }
}

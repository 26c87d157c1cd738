namespace DeepLearning.Tests.Autodiff;

public class GradientCheckTests
{
    private readonly Parameter _w = new("w", Tensor.From([0.5, -1.5, 2.5]), isWeight: true);

    [Fact]
    public void ARightDerivativeAgreesToSevenDigitsEvenForFloatTensors()
    {
        Assert.Equal(Device.Cpu, _w.Device);
        Tensor x = Tensor.From([0.1, 0.2, 0.3]);
        GradientCheck check = GradientCheck.Run(() => (_w * x).Tanh().Sum(), [_w]);
        Assert.True(check.Passed, check.ToString());
        Assert.True(check.Rows[0].RelativeError < 1e-7, check.ToString());
    }

    [Fact]
    public void ParametersKeepTheirValuesAndDevice()
    {
        GradientCheck.Run(() => _w.Square().Sum(), [_w]);
        Assert.Equal([0.5f, -1.5f, 2.5f], _w.ToArray());
        Assert.Equal(Device.Cpu, _w.Device);
        Assert.Null(_w.Gradient);
    }

    [Fact]
    public void AWrongDerivativeIsReportedWithItsFirstWrongIndex()
    {
        // ReLU with the slope of the identity: right for positive numbers, wrong for the one negative.
        Tensor Wrong()
        {
            Tensor value;
            using (Tensor.NoGradient()) value = _w.Relu();
            return Tensor.Record("wrong", value, static (op, g) => op.Send(0, g), _w).Sum();
        }
        GradientCheck check = GradientCheck.Run(Wrong, [_w]);
        Assert.False(check.Passed);
        GradientCheckRow row = Assert.Single(check.Rows);
        Assert.Equal("w", row.Name);
        Assert.Equal<int[]?>([1], row.FirstWrong);
        Assert.Equal(1, row.Analytic, 1e-12);
        Assert.Equal(0, row.Numeric, 1e-12);
        Assert.Contains("DISAGREE", check.ToString());
        Assert.Contains("first wrong at [1]", check.ToString());
    }

    [Fact]
    public void DataChangedBeforeAParameterMeetsItIsNamed()
    {
        Tensor x = Tensor.From([1.0, 2, 3]);
        Func<Tensor> loss = () => (_w * x.Square()).Sum();
        Assert.Throws<InvalidOperationException>(() => GradientCheck.Run(loss, [_w]));
        Assert.True(GradientCheck.Run(loss, [_w], data: [x]).Passed);
        Assert.Equal(Device.Cpu, x.Device);
    }

    [Fact]
    public void ALossMadeOfGradientsIsChecked()
    {
        GradientCheck check =
            GradientCheck.Run(() => Tensor.Gradients((_w * _w).Sin().Sum(), [_w], keepGraph: true)[0].Square().Sum(), [_w]);
        Assert.True(check.Passed, check.ToString());
        Assert.NotEqual(0, check.Rows[0].Numeric);
    }

    [Fact]
    public void NothingToCheckIsAnError() =>
        Assert.Equal("There is no parameter to check.",
            Assert.Throws<ArgumentException>(() => GradientCheck.Run(() => Tensor.Scalar(1), [])).Message);

    [Fact]
    public void IndicesAreMovedAlongToDoublePrecision()
    {
        Tensor x = Tensor.Normal(new Generator(1), 0, 1, 3, 4).RequireGradient();
        Tensor rows = Tensor.From([2, 0]), columns = Tensor.From([3, 0, 1]), along = Tensor.From([1, 1, 0, 2, 3, 3], 3, 2);
        GradientCheck check = GradientCheck.Run(
            () => x.IndexSelect(0, rows).Square().Sum() + x.Pick(columns).Exp().Sum() + x.Gather(1, along).Square().Sum(), [x]);
        Assert.True(check.Passed, check.ToString());
    }
}

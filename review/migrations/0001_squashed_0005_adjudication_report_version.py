import cases.models.matter
import django.db.models.deletion
import wenze.crypto.fields
import wenze.deadlines.clock
import wenze.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('review', '0001_initial'), ('review', '0002_joint_and_pre_review'), ('review', '0003_many_outcomes'), ('review', '0004_sent_outcomes'), ('review', '0005_adjudication_report_version')]

    initial = True

    dependencies = [
        ('cases', '0001_initial'),
        ('documents', '0003_sealed_context'),
        ('people', '0003_id_number'),
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='JointReview',
            fields=[
                ('id', models.UUIDField(default=wenze.ids.uuid7, editable=False, primary_key=True, serialize=False, verbose_name='编号')),
                ('round', models.PositiveSmallIntegerField(default=1, verbose_name='第几次')),
                ('report_version', models.PositiveSmallIntegerField(verbose_name='所审报告版本')),
                ('convened_on', models.DateField(verbose_name='召集日')),
                ('papers_complete_on', models.DateField(verbose_name='材料送齐日')),
                ('held_on', models.DateField(blank=True, null=True, verbose_name='会商日')),
                ('place', models.CharField(blank=True, max_length=120, verbose_name='地点')),
                ('concluded_on', models.DateField(blank=True, null=True, verbose_name='形成纪要日')),
                ('conclusion', models.TextField(blank=True, verbose_name='综合意见')),
                ('divergence', models.TextField(blank=True, verbose_name='分歧')),
                ('sent_back', models.BooleanField(default=False, verbose_name='退回补充调查')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='joint_reviews', to='cases.case', verbose_name='案件')),
                ('convened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='召集人')),
            ],
            options={
                'verbose_name': '联审会商',
                'verbose_name_plural': '联审会商',
                'ordering': ('-round',),
                'constraints': [models.UniqueConstraint(fields=('case', 'round'), name='joint_review_round_once')],
            },
            bases=(cases.models.matter.OfCase, models.Model),
        ),
        migrations.CreateModel(
            name='JointSeat',
            fields=[
                ('id', models.UUIDField(default=wenze.ids.uuid7, editable=False, primary_key=True, serialize=False, verbose_name='编号')),
                ('office', models.CharField(choices=[('conduct', '党风政风监督室'), ('casemgmt', '案件监督管理室'), ('trial', '案件审理室'), ('handling', '承办室（未参加调查者）')], max_length=10, verbose_name='科室')),
                ('joint_review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='review.jointreview', verbose_name='联审')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='参审人')),
            ],
            options={
                'verbose_name': '联审席位',
                'verbose_name_plural': '联审席位',
                'ordering': ('pk',),
                'constraints': [models.UniqueConstraint(fields=('joint_review', 'office'), name='joint_office_once'), models.UniqueConstraint(fields=('joint_review', 'user'), name='joint_person_once')],
            },
        ),
        migrations.CreateModel(
            name='JointOpinion',
            fields=[
                ('id', models.UUIDField(default=wenze.ids.uuid7, editable=False, primary_key=True, serialize=False, verbose_name='编号')),
                ('version', models.PositiveSmallIntegerField(default=1, verbose_name='版本')),
                ('choice', models.CharField(choices=[('agree', '同意'), ('amend', '修改'), ('supplement', '补证'), ('object', '反对')], max_length=12, verbose_name='意见')),
                ('reason', wenze.crypto.fields.SealedTextField(default=b'', verbose_name='理由')),
                ('given_on', models.DateField(verbose_name='日期')),
                ('given_at', models.DateTimeField(default=wenze.deadlines.clock.now, editable=False, verbose_name='时间')),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='opinions', to='review.jointseat', verbose_name='席位')),
            ],
            options={
                'verbose_name': '联审意见',
                'verbose_name_plural': '联审意见',
                'ordering': ('version',),
                'constraints': [models.UniqueConstraint(fields=('seat', 'version'), name='joint_opinion_version_once')],
            },
        ),
        migrations.CreateModel(
            name='PreReview',
            fields=[
                ('id', models.UUIDField(default=wenze.ids.uuid7, editable=False, primary_key=True, serialize=False, verbose_name='编号')),
                ('round', models.PositiveSmallIntegerField(default=1, verbose_name='第几次')),
                ('report_version', models.PositiveSmallIntegerField(verbose_name='所审报告版本')),
                ('triggers', models.JSONField(default=list, verbose_name='触发条件')),
                ('requested_on', models.DateField(verbose_name='提请日')),
                ('sent', models.JSONField(default=dict, verbose_name='报送的拟处理')),
                ('opinion', models.CharField(blank=True, choices=[('approve', '同意'), ('supplement', '补充调查取证'), ('modify', '变更处理'), ('reject', '不予问责'), ('take_over', '提级办理')], max_length=12, verbose_name='预审意见')),
                ('reason', models.TextField(blank=True, verbose_name='理由')),
                ('given_on', models.DateField(blank=True, null=True, verbose_name='出具日')),
                ('departure_reason', models.TextField(blank=True, verbose_name='不采纳的理由')),
                ('departing', models.JSONField(default=dict, verbose_name='请示所报的处理')),
                ('departure_asked_on', models.DateField(blank=True, null=True, verbose_name='报请不采纳日')),
                ('consented_on', models.DateField(blank=True, null=True, verbose_name='上级同意不采纳日')),
                ('answer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.officialdocument', verbose_name='预审意见书')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pre_reviews', to='cases.case', verbose_name='案件')),
                ('consented_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='同意人')),
                ('given_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='出具人')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.officialdocument', verbose_name='请示')),
                ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='提请人')),
                ('reviewing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organization', verbose_name='预审机关')),
            ],
            options={
                'verbose_name': '提级预审',
                'verbose_name_plural': '提级预审',
                'ordering': ('-round',),
                'indexes': [models.Index(fields=['reviewing', 'given_on', '-requested_on'], name='pre_review_asked')],
                'constraints': [models.UniqueConstraint(fields=('case', 'round'), name='pre_review_round_once')],
            },
            bases=(cases.models.matter.OfCase, models.Model),
        ),
        migrations.CreateModel(
            name='PreReviewChange',
            fields=[
                ('id', models.UUIDField(default=wenze.ids.uuid7, editable=False, primary_key=True, serialize=False, verbose_name='编号')),
                ('outcome', models.CharField(choices=[('accountable', '问责'), ('not_accountable', '不予问责'), ('exempted', '免予问责'), ('first_form', '第一种形态处理'), ('referred', '转立案'), ('ordered', '责成下级办理'), ('handed_over', '移交'), ('not_pursued_death', '因死亡不再追究'), ('joined_filed_review', '并入已立案审查')], max_length=20, verbose_name='结果')),
                ('measures', models.JSONField(default=list, verbose_name='措施')),
                ('reason', models.TextField(verbose_name='理由')),
                ('pre_review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='review.prereview', verbose_name='预审')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.subject', verbose_name='对象')),
            ],
            options={
                'verbose_name': '预审变更',
                'verbose_name_plural': '预审变更',
                'ordering': ('subject__position',),
                'constraints': [models.UniqueConstraint(fields=('pre_review', 'subject'), name='pre_review_change_once')],
            },
        ),
        migrations.CreateModel(
            name='Adjudication',
            fields=[
                ('id', models.UUIDField(default=wenze.ids.uuid7, editable=False, primary_key=True, serialize=False, verbose_name='编号')),
                ('round', models.PositiveSmallIntegerField(default=1, verbose_name='第几次')),
                ('report_version', models.PositiveSmallIntegerField(default=0, verbose_name='所审报告版本')),
                ('accepted_on', models.DateField(verbose_name='受理日')),
                ('facts_opinion', models.TextField(blank=True, verbose_name='事实证据')),
                ('character_opinion', models.TextField(blank=True, verbose_name='定性')),
                ('outcome_opinion', models.TextField(blank=True, verbose_name='处理')),
                ('procedure_opinion', models.TextField(blank=True, verbose_name='程序')),
                ('opinion', models.CharField(blank=True, choices=[('agree', '同意'), ('modify', '建议变更'), ('supplement', '退回补充调查')], max_length=12, verbose_name='审理意见')),
                ('given_on', models.DateField(blank=True, null=True, verbose_name='出具日')),
                ('adjudicators', models.ManyToManyField(related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='审理人员')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='adjudications', to='cases.case', verbose_name='案件')),
                ('given_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='出具人')),
            ],
            options={
                'verbose_name': '案件审理',
                'verbose_name_plural': '案件审理',
                'ordering': ('-round',),
                'constraints': [models.UniqueConstraint(fields=('case', 'round'), name='adjudication_round_once')],
            },
            bases=(cases.models.matter.OfCase, models.Model),
        ),
    ]
